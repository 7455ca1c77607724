internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

extension MigratorJobRequest {
  /// - Parameter secrets: read here, a moment before they are sent.
  init(
    _ migration: Migration, _ order: StartOrder, _ secrets: RelationalMigratorEngine.SecretReader
  ) throws(EngineError) {
    let source = migration.source
    projectId = migration.project
    jdbcConnectionDetails = Relational(
      type: source.type, url: try text(source.url, secrets),
      user: try source.user.map { value throws(EngineError) in try text(value, secrets) },
      password: try source.password.map { reference throws(EngineError) in try secrets(reference) },
      oraclePdbName: source.oraclePdbName)
    let destination = try secrets(migration.destination)
    guard namesDatabase(destination) else {
      throw EngineError(
        .refused, "the destination's connection string names no database: write it behind the host, as in `…/shop?…`",
        .terminal)
    }
    mongodbConnectionDetails = Documents(connectionString: destination)
    options = Options(
      mode: order.mode == .continuous ? "CDC" : "SNAPSHOT", dropCollections: order.dropDestinationFirst,
      errorHandling: migration.onError.rawValue.uppercased(), errorTolerance: migration.errorTolerance)
    verification = Verification(enabled: migration.verifies && order.mode == .snapshot)
    let schemas = Dictionary(grouping: migration.filters, by: \.schema).mapValues { filters in
      Dictionary(
        filters.map { ($0.table, Filter(whereClause: $0.condition, rowCount: $0.rows)) },
        uniquingKeysWith: { first, _ in first })
    }
    relationalTableFilters = schemas.isEmpty ? nil : schemas
  }

  /// What of it must not be seen.
  func hidden(of migration: Migration) -> [HiddenText] {
    let source = jdbcConnectionDetails
    let texts = [
      source.password, mongodbConnectionDetails.connectionString, migration.source.url.isSecret ? source.url : nil,
      migration.source.user?.isSecret == true ? source.user : nil,
    ]
    return texts.compactMap { $0.map(HiddenText.init) }
  }
}

extension ConfigValue {
  fileprivate var isSecret: Bool {
    if case .secret = self { true } else { false }
  }
}

private func text(
  _ value: ConfigValue, _ secrets: RelationalMigratorEngine.SecretReader
) throws(EngineError) -> String {
  switch value {
  case .string(let text): return text
  case .secret(let reference): return try secrets(reference)
  case .null, .bool, .int, .number, .array, .object:
    throw EngineError(.brokenInput, "a setting of the migration's source is no text", .terminal)
  }
}

/// Whether something stands between the first slash behind the hosts and the options.
private func namesDatabase(_ connectionString: String) -> Bool {
  guard let scheme = connectionString.firstRange(of: "://") else { return false }
  let rest = connectionString[scheme.upperBound...]
  guard let slash = rest.firstIndex(of: "/") else { return false }
  return !rest[rest.index(after: slash)...].prefix { $0 != "?" }.isEmpty
}

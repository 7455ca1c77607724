internal import PipelineModel

/// The migration that a job was, as a manifest says it; what the instance does not tell are references to be filled in.
struct MigrationDraft {
  let project: String
  let job: MigratorJobDefinition
  /// A JDBC address.
  let address: String

  var mode: RunMode { job.options?.mode == "CDC" ? .continuous : .snapshot }

  var migration: Migration {
    Migration(
      project: project,
      source: MigrationSource(
        type: kind, url: isSecret ? .secret(reference("URL")) : .string(address), user: .secret(reference("USER")),
        password: reference("PASSWORD")),
      destination: reference("MONGODB_URI"), filters: filters,
      onError: MigrationErrorPolicy(rawValue: (job.options?.errorHandling ?? "FAIL").lowercased()) ?? .fail,
      errorTolerance: job.options?.errorTolerance,
      verifies: mode == .snapshot && job.metadata?.verificationRequested == true)
  }

  var remarks: [String] {
    var remarks: [String] = []
    if isSecret { remarks.append("its address holds a credential, so it is a reference too") }
    if job.options?.dropCollections == true {
      remarks.append(
        "its last job dropped the collections first: that is asked for with each job (`dropDestinationFirst`)")
    }
    if let mode = job.options?.mode, !["SNAPSHOT", "CDC"].contains(mode) {
      remarks.append("its last job was of the mode `\(mode)`, which no manifest has; it is written as a snapshot")
    }
    return remarks
  }

  private var filters: [TableFilter] {
    (job.relationalTableFilters ?? [:]).flatMap { schema, tables in
      tables.filter { $0.value.whereClause != nil || $0.value.rowCount != nil }.map { table, filter in
        TableFilter(schema: schema, table: table, condition: filter.whereClause, rows: filter.rowCount)
      }
    }
    .sorted { ($0.schema, $0.table) < ($1.schema, $1.table) }
  }

  /// `POSTGRESQL`, of `jdbc:postgresql://db.internal/shop`.
  private var kind: String {
    let parts = address.split(separator: ":", maxSplits: 2)
    return parts.count > 1 && parts[0] == "jdbc" ? parts[1].uppercased() : "OTHER"
  }

  /// Whether it may hold more than where the database is.
  private var isSecret: Bool {
    let text = address.lowercased()
    let names = text.split(whereSeparator: { "?&;,()".contains($0) }).compactMap { parameter in
      parameter.firstIndex(of: "=").map { parameter[..<$0] }
    }
    return ["passw", "passphrase", "pwd", "secret", "token", "credential", "@"].contains { text.contains($0) }
      || names.contains { name in ["pass", "key", "auth"].contains { name.contains($0) } }
  }

  /// Named for the project, so that no two projects share one by accident.
  private func reference(_ end: String) -> SecretReference {
    let name = project.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
    return .environment("MIGRATOR_\(name)_\(end)")
  }
}

import PipelineModel

extension PipelineLowering {
  func lower(migration job: CheckedObject) throws(AlreadyReported) -> Migration {
    let destination = try job.require(MigrationFields.destination)
    return Migration(
      project: try job.require(MigrationFields.project),
      source: try lower(migrationSource: try job.require(MigrationFields.source)),
      destination: try secret(try destination.require(MigrationDestinationFields.connectionString)),
      filters: try filters(of: job),
      onError: try job.require(MigrationFields.onError),
      errorTolerance: job[MigrationFields.errorTolerance],
      verifies: try job.require(MigrationFields.verify))
  }

  private func lower(migrationSource source: CheckedObject) throws(AlreadyReported) -> MigrationSource {
    MigrationSource(
      type: try source.require(MigrationSourceFields.type),
      url: try source.require(MigrationSourceFields.url),
      user: source[MigrationSourceFields.user],
      password: try source[MigrationSourceFields.password].map { reference throws(AlreadyReported) in
        try secret(reference)
      },
      oraclePdbName: source[MigrationSourceFields.oraclePdbName])
  }

  private func filters(of job: CheckedObject) throws(AlreadyReported) -> [TableFilter] {
    let filters = try (job[MigrationFields.filters] ?? []).map { item throws(AlreadyReported) in
      guard let filter = item.value.object else { throw AlreadyReported() }
      return TableFilter(
        schema: try filter.require(TableFilterFields.schema), table: try filter.require(TableFilterFields.table),
        condition: filter[TableFilterFields.condition], rows: filter[TableFilterFields.rows].map { Int64($0) })
    }
    return filters.sorted { ($0.schema, $0.table) < ($1.schema, $1.table) }
  }

  private func secret(_ reference: CheckedObject) throws(AlreadyReported) -> SecretReference {
    guard let secret = SecretReference(declaredBy: reference) else { throw AlreadyReported() }
    return secret
  }
}

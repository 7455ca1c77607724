public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension RelationalMigratorEngine: ImportableEngine {
  /// A project, with what its latest job was made of: an instance holds no other definition of a job.
  public func inventory(as engine: EngineSpec, withStreams: Bool) async throws(EngineError) -> EngineInventory {
    let projects: RowList<MigratorProject>
    let jobs: RowList<MigratorJobDefinition>
    do throws(CallFailure) {
      projects = try await service.projects()
      jobs = try await service.jobDefinitions()
    } catch {
      throw EngineError(error)
    }
    var latest: [String: MigratorJobDefinition] = [:]
    for job in jobs.rows {
      guard let project = job.projectId else { continue }
      if latest[project].map(job.isLater(than:)) ?? true { latest[project] = job }
    }
    return EngineInventory(
      objects: projects.rows.map { ImportableObject($0, latest: latest[$0.id], engine) }
        + projects.odd.map { ImportableObject(odd: $0) },
      staysThere: ["the mappings of its projects"])
  }
}

extension ImportableObject {
  fileprivate init(_ project: MigratorProject, latest job: MigratorJobDefinition?, _ engine: EngineSpec) {
    self.init(
      id: project.id, displayName: project.name ?? project.id,
      standing: .passedOver("no job of it is known, so nothing tells its connections: write its manifest by hand"))
    guard let job, let address = job.jdbcConnectionString else { return }
    let draft = MigrationDraft(project: project.id, job: job, address: address)
    standing = .described(
      PipelineSpec(engine: engine, work: .migration(draft.migration), mode: draft.mode, schedule: .unmanaged))
    remarks = draft.remarks
  }
}

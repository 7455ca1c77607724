internal import EngineHTTP
internal import PipelineModel

extension [MigratorReceipt] {
  /// The receipt of a job that somebody else began and that is under way: it is a run of the first pipeline whose project it is.
  func foreign(_ jobs: [MigratorJob], in pipelines: [PipelineRecord], at now: Timestamp) -> MigratorReceipt? {
    // One that is new may be that of a start whose answer was lost.
    guard !contains(where: \.isAwaitingJob) else { return nil }
    let claimed = Set(compactMap(\.job?.id))
    let foreign = jobs.underWay.filter { !claimed.contains($0.id) }
    // There is one at a time.
    guard let job = foreign.max(by: { ($0.submittedAt ?? now, $0.id) < ($1.submittedAt ?? now, $1.id) }),
      let project = job.projectID
    else { return nil }
    let owners = pipelines.filter { !$0.isForgotten && $0.applied.spec.work.migration?.project == project }
    guard let owner = owners.min(by: { $0.name < $1.name }) else { return nil }
    return MigratorReceipt(
      of: job, like: owner.applied.spec, owner.generation, as: nextRun(of: owner.name, after: owner.lastRunNumber),
      at: now)
  }

  /// The number that a run gets which was not ordered here.
  func nextRun(of pipeline: PipelineName, after last: Int) -> RunID {
    let latest = filter { $0.run.pipeline == pipeline }.map(\.run.number).max() ?? 0
    return RunID(pipeline: pipeline, number: Swift.max(last, latest) + 1)
  }
}

extension MigratorReceipt {
  /// The receipt of a job that somebody else began.
  ///
  /// Nil where the job says something that is not known here: it may be over.
  ///
  /// - Parameter spec: that of the pipeline whose project it is, of the given generation.
  init?(of job: MigratorJob, like spec: PipelineSpec, _ generation: Int, as run: RunID, at now: Timestamp) {
    var spec = spec
    guard var migration = spec.work.migration else { return nil }
    migration.verifies = job.isVerificationRequested ?? false
    spec.work = .migration(migration)
    let order = StartOrder(
      run: run, trigger: .external, mode: job.mode == "CDC" ? .continuous : .snapshot, generation: generation,
      spec: spec,
      refreshSchema: false, dropDestinationFirst: job.dropsCollections ?? false,
      reason: "Relational Migrator's job \(job.id), which somebody else began")
    if case .unclear = job.standing(for: order) { return nil }
    self.init(order: order, askedAt: job.submittedAt ?? now, earlier: [])
    self.job = Job(id: job.id, evidence: .told)
  }
}

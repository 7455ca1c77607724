public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension RelationalMigratorEngine {
  /// Sends a start once. Where its answer is lost the list of jobs is read at once and later on, and nothing is sent again: a job that is
  /// repeated writes its documents a second time.
  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    guard let migration = order.spec.work.migration else {
      throw EngineError(.brokenInput, "a pipeline on Relational Migrator needs `migration`", .terminal)
    }
    let known = try receipts.all()
    let before = known.first { $0.run == order.run }
    if let before, !before.makesRoom(for: order) { return try await goOn(before, known) }
    if let other = known.first(where: \.isOpen) {
      throw EngineError(
        .alreadyRunning(other.run.pipeline == order.run.pipeline ? other.run : nil),
        "\(other.run) is under way, and Relational Migrator runs one job at a time", .terminal)
    }
    let request = try MigratorJobRequest(migration, order, secrets)
    let jobs = try await jobsBeforeStart()
    if let late = before?.ownJob(in: jobs, besides: known.jobs(besides: order.run)) {
      return try accept(MigratorReceipt(order: order, askedAt: service.now(), earlier: []), late.id, .inferred)
    }
    if let running = jobs.underWay.first { throw try conflict(with: running, order, known) }
    let receipt = MigratorReceipt(order: order, askedAt: service.now(), earlier: jobs.map(\.id).sorted())
    try receipts.keep(receipt)
    try await ask(receipt, request, known)
  }

  /// Nothing was asked for yet, whatever becomes of this call.
  private func jobsBeforeStart() async throws(EngineError) -> [MigratorJob] {
    do throws(CallFailure) { return try await service.jobs() } catch {
      throw EngineError(.unavailable, error.message, .retryable)
    }
  }

  /// A job of somebody else's stands in the way. One of the pipeline's own project is followed under a number of its own.
  private func conflict(
    with job: MigratorJob?, _ order: StartOrder, _ known: [MigratorReceipt]
  ) throws(EngineError) -> EngineError {
    if let job, let foreign = known.receipt(of: job, metBy: order, at: service.now()) {
      try receipts.keep(foreign)
      return EngineError(
        .alreadyRunning(foreign.run),
        "Relational Migrator is running job \(job.id) of the same project, which somebody else began; it is \(foreign.run) here",
        .terminal)
    }
    let which = job.map { "job \($0.id)" + ($0.projectID.map { " of project `\($0)`" } ?? "") } ?? "a job"
    return EngineError(
      .alreadyRunning(nil), "Relational Migrator is running \(which), and runs one at a time", .terminal)
  }

  private func ask(
    _ receipt: MigratorReceipt, _ request: MigratorJobRequest, _ known: [MigratorReceipt]
  ) async throws(EngineError) {
    let hidden = receipt.order.spec.work.migration.map { request.hidden(of: $0) } ?? []
    switch await answer(to: request, hiding: hidden) {
    case .success(let job): try accept(receipt, job.id, .told)
    case .failure(let failure) where failure.isConflict || failure.mayHaveBeenTaken:
      try await readBack(receipt, failure, known)
    case .failure(let failure):
      try receipts.remove(receipt.run)
      throw EngineError(failure)
    }
  }

  private func answer(
    to request: MigratorJobRequest, hiding hidden: [HiddenText]
  ) async -> Result<MigratorJob, CallFailure> {
    do throws(CallFailure) {
      return .success(try await service.create(request, hiding: hidden))
    } catch {
      return .failure(error)
    }
  }

  /// What the list says of a start that was answered badly, or not at all.
  private func readBack(
    _ receipt: MigratorReceipt, _ failure: CallFailure, _ known: [MigratorReceipt]
  ) async throws(EngineError) {
    let jobs: [MigratorJob]
    do throws(CallFailure) { jobs = try await service.jobs() } catch {
      throw EngineError(.unavailable, failure.message, .uncertain)
    }
    // It may be there although the answer speaks of a conflict: something on the way has sent the call twice.
    if let own = receipt.ownJob(in: jobs, besides: known.jobs(besides: receipt.run)) {
      return try accept(receipt, own.id, .inferred)
    }
    guard failure.isConflict || failure.isFromInstance else {
      throw EngineError(.unavailable, failure.message, .uncertain)
    }
    try receipts.remove(receipt.run)
    if failure.isConflict { throw try conflict(with: jobs.underWay.first, receipt.order, known) }
    throw EngineError(.refused, failure.message, .terminal)
  }

  private func accept(
    _ receipt: MigratorReceipt, _ job: String, _ evidence: MigratorReceipt.Evidence
  ) throws(EngineError) {
    var accepted = receipt
    accepted.job = MigratorReceipt.Job(id: job, evidence: evidence)
    try receipts.keep(accepted)
  }

  /// What was asked for before is not asked for again.
  private func goOn(_ receipt: MigratorReceipt, _ known: [MigratorReceipt]) async throws(EngineError) {
    guard !receipt.isRetired else { throw receipt.refusalOfRetired }
    guard receipt.isAwaitingJob else { return }
    if let own = receipt.ownJob(in: try await jobsBeforeStart(), besides: known.jobs(besides: receipt.run)) {
      return try accept(receipt, own.id, .inferred)
    }
    throw EngineError(.unavailable, receipt.wordsForUnknown, .uncertain)
  }
}

extension MigratorReceipt {
  /// Whether it is over, and the order is for another attempt of its run.
  fileprivate func makesRoom(for order: StartOrder) -> Bool {
    !isOpen && !isRetired && self.order.attempt < order.attempt
  }
}

extension [MigratorReceipt] {
  /// The receipt of a job of the order's own project that somebody else began.
  fileprivate func receipt(of job: MigratorJob, metBy order: StartOrder, at now: Timestamp) -> MigratorReceipt? {
    guard job.projectID == order.spec.work.migration?.project, !contains(where: { $0.job?.id == job.id }) else {
      return nil
    }
    return MigratorReceipt(
      of: job, like: order.spec, order.generation, as: nextRun(of: order.run.pipeline, after: order.run.number), at: now
    )
  }

  /// The jobs of other runs.
  func jobs(besides run: RunID) -> Set<String> {
    Set(filter { $0.run != run }.compactMap(\.job?.id))
  }
}

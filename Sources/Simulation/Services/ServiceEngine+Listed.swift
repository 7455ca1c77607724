import EngineAPI
import PipelineModel
import SeededRandom

/// The adapter of a service that lists its jobs, those that run among them.
extension ServiceEngine {
  mutating func startListed(_ order: StartOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    if mutation == .startsSentBlindly, receipts[order.run]?.job == nil, receipts[order.run] != nil {
      return try askListed(order, survives)
    }
    guard canRead() else { throw .engine(EngineError(.unavailable, "502", .retryable)) }
    bindListed()
    if let known = receipts[order.run], !known.isOver(before: order) {
      if known.isRetired { throw .engine(EngineError(.refused, "\(known.run) has run and ended", .terminal)) }
      guard known.job == nil else { return }
      guard mayBeAskedAgain(known) else {
        throw .engine(EngineError(.unavailable, "whether the start was taken is not known yet", .uncertain))
      }
    }
    if !kind.startsWhilePaused, service.isPaused(order.run.pipeline) {
      receipts[order.run] = nil
      throw .engine(EngineError(.refused, "the unit is paused", .terminal))
    }
    if let conflict = listedConflict(order) {
      receipts[order.run] = nil
      throw .engine(conflict)
    }
    receipts[order.run] = ServiceReceipt(order: order, askedAt: now, newestBefore: newestListed)
    try live(survives)
    try askListed(order, survives)
  }

  private mutating func askListed(_ order: StartOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    let sent = send { $0.begin(order) }
    try live(survives)
    switch sent {
    case .success(let job?):
      receipts[order.run]?.isAccepted = true
      if kind == .migrator { receipts[order.run]?.job = job }
    case .success(nil):
      // It may look like any failure.
      if kind == .hevo, random.chance(50) { throw .engine(WireTrouble.lost.error) }
      receipts[order.run] = nil
      throw .engine(
        listedConflict(order) ?? EngineError(.unavailable, "a job that does not show yet is in the way", .retryable))
    case .failure(.lost): throw .engine(WireTrouble.lost.error)
    case .failure(let trouble):
      receipts[order.run] = nil
      throw .engine(trouble.error)
    }
    try live(survives)
  }

  /// What runs already; a job of another unit is in the way of this one, and no affair of its pipeline.
  private func listedConflict(_ order: StartOrder) -> EngineError? {
    guard let other = service.inTheWay(of: order.run.pipeline), other.listedAt <= now else { return nil }
    guard other.unit == order.run.pipeline else {
      return EngineError(.unavailable, "another job is running", .retryable)
    }
    let name = receipts.values.first { $0.job == other.id }?.run ?? other.run.order.run
    return name == order.run ? nil : EngineError(.alreadyRunning(name), "\(name) is running", .terminal)
  }

  mutating func stopListed(_ order: StopOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    guard canRead() else { throw .engine(EngineError(.unavailable, "502", .retryable)) }
    bindListed()
    let foreign = foreignJobs.first { $0.run.order.run == order.run }
    guard receipts[order.run] != nil || foreign != nil else {
      throw .engine(EngineError(.runUnknown, "no such run", .terminal))
    }
    if let receipt = receipts[order.run], mayBeAskedAgain(receipt) {
      // It would be listed by now: nothing of it is there to stop, and nothing of it begins any more.
      receipts[order.run] = nil
      throw .engine(EngineError(.runUnknown, "its start was not taken", .terminal))
    }
    guard let id = receipts[order.run]?.job ?? foreign?.id, let job = service.job(id) else {
      throw .engine(EngineError(.unavailable, "whether it has begun is not known yet", .retryable))
    }
    guard job.run.isActive else { return }
    if order.kind == .complete, job.run.status != .active(.cdc) {
      throw .engine(EngineError(.wrongStage, "it is not in its cdc stage", .terminal))
    }
    let sent = send { $0.stop(id) }
    try live(survives)
    switch sent {
    case .success:
      let stop = ServiceReceipt.Stop(askedAt: now, isDelivered: true)
      if order.kind == .cancel { receipts[order.run]?.stop = stop }
    case .failure(let trouble): throw .engine(trouble.error)
    }
    try live(survives)
  }

  /// The first job that is newer than the ask is what was asked for.
  mutating func bindListed() {
    for run in receipts.keys.sorted() {
      guard let receipt = receipts[run], receipt.job == nil, receipt.isOpen else { continue }
      let taken = Set(receipts.values.compactMap(\.job))
      let found = listed.first { job in
        job.unit == run.pipeline && job.id > receipt.newestBefore && !taken.contains(job.id)
      }
      receipts[run]?.job = found?.id
    }
    for (run, receipt) in receipts where receipt.end == nil {
      let end = receipt.job.flatMap { service.job($0) }?.run.status.outcome
      receipts[run]?.end = end
    }
  }

  private var listed: [ServiceJob] { service.jobs.filter { $0.listedAt <= now } }
  private var newestListed: Int { listed.last?.id ?? 0 }

  /// Those that nobody here has asked for, and that run.
  var foreignJobs: [ServiceJob] {
    let ours = Set(receipts.values.compactMap(\.job))
    return listed.filter { !ours.contains($0.id) && !retiredForeign.contains($0.run.order.run) && $0.run.isForeign }
  }
}

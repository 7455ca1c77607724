import EngineAPI
import PipelineModel

/// The adapter of a service that tells of no job before it has ended.
extension ServiceEngine {
  mutating func startUnlisted(_ order: StartOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    if let known = receipts[order.run], !known.isOver(before: order) { return try goOnUnlisted(known, survives) }
    if let other = receipts.values.first(where: { $0.isOpen && $0.run.pipeline == order.run.pipeline }) {
      guard other.job != nil else {
        throw .engine(EngineError(.unavailable, "whether \(other.run) has begun is not known yet", .retryable))
      }
      throw .engine(EngineError(.alreadyRunning(other.run), "\(other.run) is under way", .terminal))
    }
    receipts[order.run] = ServiceReceipt(order: order, askedAt: now, newestBefore: service.jobs.count)
    try live(survives)
    try askUnlisted(order.run, isFirst: true, survives)
  }

  /// What was asked for before is looked for, and asked for once more at most.
  private mutating func goOnUnlisted(_ receipt: ServiceReceipt, _ survives: () -> Bool) throws(ServiceTrouble) {
    if receipt.isRetired { throw .engine(EngineError(.refused, "\(receipt.run) has run and ended", .terminal)) }
    guard receipt.job == nil else { return }
    if mutation == .startsSentBlindly { return try askUnlisted(receipt.run, isFirst: false, survives) }
    let unknown = EngineError(.unavailable, "whether the start was taken is not known", .uncertain)
    guard canRead(), looks.take(forSafety: true, at: now) else { throw .engine(unknown) }
    if let own = lastEnded(of: receipt.run.pipeline), own.run.startedAt >= receipt.askedAt {
      receipts[receipt.run]?.job = own.id
      return
    }
    guard mayBeAskedAgain(receipt) else { throw .engine(unknown) }
    receipts[receipt.run]?.asks += 1
    try live(survives)
    try askUnlisted(receipt.run, isFirst: false, survives)
  }

  private mutating func askUnlisted(_ run: RunID, isFirst: Bool, _ survives: () -> Bool) throws(ServiceTrouble) {
    guard let order = receipts[run]?.order else { return }
    let sent = send { $0.begin(order) }
    try live(survives)
    switch sent {
    case .success(let job?): receipts[run]?.job = job
    case .success(nil):
      let other = service.inTheWay(of: run.pipeline)
      // After an attempt whose answer was lost, what runs is what was asked for.
      if !isFirst { receipts[run]?.job = other?.id }
      if isFirst { throw adopt(other, insteadOf: order) }
    case .failure(.lost): throw .engine(WireTrouble.lost.error)
    case .failure(let trouble):
      if isFirst {
        receipts[run] = nil
        throw .engine(trouble.error)
      }
      // The call before it may have been taken all the same.
      receipts[run]?.asks -= 1
      throw .engine(WireTrouble.lost.error)
    }
    try live(survives)
  }

  /// A clean first attempt met a job of somebody else's: it is called by the next number, and followed.
  private mutating func adopt(_ other: ServiceJob?, insteadOf order: StartOrder) -> ServiceTrouble {
    receipts[order.run] = nil
    guard let other else { return .engine(EngineError(.alreadyRunning(nil), "a job is running", .terminal)) }
    let theirs = order.theirs(number: order.run.number + 1)
    receipts[theirs.run] = ServiceReceipt(order: theirs, askedAt: now, newestBefore: other.id, job: other.id)
    return .engine(EngineError(.alreadyRunning(theirs.run), "a job is running", .terminal))
  }

  mutating func stopUnlisted(_ order: StopOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    guard let receipt = receipts[order.run] else {
      throw .engine(EngineError(.runUnknown, "no such run", .terminal))
    }
    if mutation == .stopsSentBlindly { return try sendStop(order, receipt, survives) }
    guard receipt.isOpen, !receipt.isExtracted, receipt.stop?.isDelivered != true else { return }
    guard receipt.job != nil else {
      receipts[order.run]?.isUnwanted = true
      throw .engine(EngineError(.unavailable, "whether it has begun is not known yet", .retryable))
    }
    guard canRead(), looks.take(forSafety: true, at: now) else {
      throw .engine(EngineError(.unavailable, "the list cannot be read now", .retryable))
    }
    lookUnlisted(order.run)
    guard let seen = receipts[order.run], seen.isOpen, !seen.isExtracted else { return }
    try sendStop(order, receipt, survives)
  }

  /// It names the unit alone.
  private mutating func sendStop(
    _ order: StopOrder, _ receipt: ServiceReceipt, _ survives: () -> Bool
  ) throws(ServiceTrouble) {
    let stop = ServiceReceipt.Stop(askedAt: now, isDelivered: false)
    receipts[order.run]?.stop = stop
    try live(survives)
    let unit = order.run.pipeline
    let sent = send { (service: inout ModelService) -> Int? in
      guard let hit = service.inTheWay(of: unit) else { return nil }
      service.stop(hit.id)
      return hit.id
    }
    if let hit = try? sent.get(), hit != receipt.job { strayStops.append(order.run) }
    try live(survives)
    switch sent {
    case .success: receipts[order.run]?.stop?.isDelivered = true
    case .failure(.lost): throw .engine(WireTrouble.lost.error)
    case .failure(let trouble):
      receipts[order.run]?.stop = receipt.stop
      throw .engine(trouble.error)
    }
    try live(survives)
  }

  /// Lists are read only where something is expected of them, and not too often.
  mutating func followUnlisted() {
    let open = receipts.values.filter { $0.isOpen }.map(\.run).sorted()
    guard !open.isEmpty, looks.take(forSafety: false, at: now) else { return }
    for run in open { lookUnlisted(run) }
  }

  /// What the list says of a run's unit; it shows the last job that has ended, and hides those before it.
  private mutating func lookUnlisted(_ run: RunID) {
    guard var receipt = receipts[run], receipt.isOpen, let last = lastEnded(of: run.pipeline) else { return }
    if receipt.job == nil, last.run.startedAt >= receipt.askedAt { receipt.job = last.id }
    guard let job = receipt.job, last.id >= job else { return receipts[run] = receipt }
    if last.id > job, !receipt.isExtracted { receipt.isOvertaken = true }
    receipt.isExtracted = true
    // What it had extracted is still loaded.
    if let outcome = service.job(job)?.run.status.outcome { receipt.end = receipt.isOvertaken ? .lost : outcome }
    receipts[run] = receipt
  }

  private func lastEnded(of unit: PipelineName) -> ServiceJob? {
    service.jobs.last { $0.unit == unit && !$0.isInTheWay(at: now) }
  }
}

extension StartOrder {
  /// Of a job of the same unit that somebody else has started.
  func theirs(number: Int) -> StartOrder {
    var theirs = self
    theirs.run = RunID(pipeline: run.pipeline, number: number)
    theirs.trigger = .external
    theirs.attempt = 1
    return theirs
  }
}

extension ServiceReceipt {
  /// Whether this is what an earlier attempt left.
  func isOver(before order: StartOrder) -> Bool { order.attempt > self.order.attempt && end != nil }
}

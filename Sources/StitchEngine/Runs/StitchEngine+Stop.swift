public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension StitchEngine {
  /// Stitch stops whatever a source is running. So it is looked right before whether the run that is meant has ended, and the stop is sent once.
  ///
  /// One whose answer was lost is sent again by whoever asks again, after another look; so is one that was taken and was not seen to do anything
  /// until its run was unconfirmed.
  public func stop(_ order: StopOrder) async throws(EngineError) {
    guard order.kind == .cancel else {
      throw EngineError(.wrongStage, "Stitch has no way to end a job well; it can be cancelled", .terminal)
    }
    guard let receipt = try receipts.receipt(of: order.run) else {
      if let unseen = order.unseen { return try await stopWhateverRuns(unseen) }
      throw EngineError(.runUnknown, "no run \(order.run) was started at Stitch from this state folder", .terminal)
    }
    guard receipt.isOpen, receipt.extraction == nil, receipt.takesStop(at: service.now(), within: patience) else {
      return
    }
    guard receipt.job != nil else { throw try unwanted(receipt) }
    guard try await isStillRunning(receipt) else { return }
    var stopped = receipt
    stopped.stop = StitchReceipt.Stop(askedAt: service.now(), isDelivered: false)
    try receipts.keep(stopped)
    try await send(stopped, unlessRefused: receipt)
  }

  /// Whatever runs there may be somebody else's, so it is not stopped; but the start is not sent again.
  private func unwanted(_ receipt: StitchReceipt) throws(EngineError) -> EngineError {
    var unwanted = receipt
    unwanted.isUnwanted = true
    try receipts.keep(unwanted)
    return EngineError(.unavailable, receipt.wordsForUnknown, .retryable)
  }

  /// By a look that was made for this alone; an end that it finds is kept.
  private func isStillRunning(_ receipt: StitchReceipt) async throws(EngineError) -> Bool {
    var look = StitchLook(service: service, budget: budget, purpose: .safety)
    let found: StitchExtraction?
    do throws(LookFailure) {
      found = try await look.extraction(of: receipt.source, client: receipt.client)
    } catch {
      throw error.beforeEffect
    }
    let next = receipt.following(found, at: service.now(), patience: patience)
    if next != receipt { try receipts.keep(next) }
    return next.isOpen && next.extraction == nil
  }

  /// An answer that is lost leaves the stop undelivered: whether it was taken, the next look may show.
  private func send(_ receipt: StitchReceipt, unlessRefused before: StitchReceipt) async throws(EngineError) {
    let failure = await CallFailure.of { () async throws(CallFailure) in try await service.stop(receipt.source) }
    guard let failure else { return try deliver(receipt) }
    guard !failure.mayHaveBeenTaken else { throw EngineError(failure) }
    try receipts.keep(before)
    // Where nothing runs any more there is nothing to refuse.
    if failure.kind == .refused, try await !isStillRunning(before) { return }
    throw EngineError(failure)
  }

  func deliver(_ receipt: StitchReceipt) throws(EngineError) {
    var delivered = receipt
    delivered.stop?.isDelivered = true
    try receipts.keep(delivered)
  }
}

extension StitchReceipt {
  /// Whether a stop would be news to Stitch.
  fileprivate func takesStop(at now: Timestamp, within patience: StitchPatience) -> Bool {
    guard let stop, stop.isDelivered else { return true }
    return now - stop.askedAt >= (isUnseen == true ? patience.unseenStop : patience.stop)
  }
}

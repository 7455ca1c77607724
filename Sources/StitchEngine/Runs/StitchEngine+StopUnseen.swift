internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

extension StitchEngine {
  /// Stops whatever the source is running, for somebody who knows of no run: no call shows one that Stitch began by itself.
  ///
  /// A job that is listed as ended since the stop was asked for is the one that was meant, and then nothing is sent. Else the stop is sent once,
  /// and not again by itself. What is listed afterwards tells which job that was.
  func stopWhateverRuns(_ unseen: UnseenRun) async throws(EngineError) {
    let source = try await find(try sourceID(of: unseen.order.spec))
    if let other = try receipts.all().first(where: { $0.source == source.id && $0.isOpen }) {
      throw EngineError(.unavailable, "run \(other.run) of the same source is under way", .retryable)
    }
    let last = try await lastExtraction(of: source)
    var receipt = StitchReceipt(unseen.order, source, askedAt: unseen.askedAt + (service.now() - service.ownNow()))
    switch last.map({ (receipt.relation(to: $0), $0) }) {
    case (.own, let last)?: return try receipts.keep(receipt.following(last, at: service.now(), patience: patience))
    case (.later, let last)?: throw nothingStopped(of: source, "\(last.jobName) began after the stop was asked for")
    case (.earlier, let last)?: receipt.previousJob = last.jobName
    case nil: break
    }
    receipt.stop = StitchReceipt.Stop(askedAt: service.now(), isDelivered: false)
    try receipts.keep(receipt)
    let failure = await CallFailure.of { () async throws(CallFailure) in try await service.stop(source.id) }
    guard let failure else { return try deliver(receipt) }
    guard !failure.mayHaveBeenTaken else { throw EngineError(failure) }
    try receipts.remove(receipt.run)
    // What Stitch answers where nothing runs is not documented; a refusal says that it has stopped nothing.
    throw failure.kind == .refused ? nothingStopped(of: source, failure.message) : EngineError(failure)
  }

  private func nothingStopped(of source: StitchSource, _ words: String) -> EngineError {
    EngineError(.runUnknown, "nothing of source \(source.id) was stopped: \(words)", .terminal)
  }

  private func lastExtraction(of source: StitchSource) async throws(EngineError) -> StitchExtraction? {
    var look = StitchLook(service: service, budget: budget, purpose: .safety)
    do throws(LookFailure) {
      return try await look.extraction(of: source.id, client: source.clientID)
    } catch {
      throw error.beforeEffect
    }
  }
}

extension StitchReceipt {
  /// Of a job that nobody has seen.
  fileprivate init(_ order: StartOrder, _ source: StitchSource, askedAt: Timestamp) {
    self.init(order: order, source: source.id, client: source.clientID, sourceName: source.name, askedAt: askedAt)
    isUnseen = true
    job = Job(name: nil, evidence: .inferred, since: askedAt)
  }
}

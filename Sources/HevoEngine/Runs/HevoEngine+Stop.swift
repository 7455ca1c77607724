public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension HevoEngine {
  /// A cancel names its job, so it may be sent again, and hits no later one. That the job is cancelled is seen, never assumed.
  public func stop(_ order: StopOrder) async throws(EngineError) {
    guard order.kind == .cancel else {
      throw EngineError(.wrongStage, "Hevo has no way to end a job well; it can be cancelled", .terminal)
    }
    guard let known = try receipts.receipt(of: order.run) else {
      throw EngineError(
        .runUnknown, "no run \(order.run) of Hevo is known to this state folder", .terminal)
    }
    guard known.isOpen else { return }
    let receipt = known.job == nil ? try await found(known) : known
    guard receipt.isOpen, let job = receipt.job, job.state != .cancelling else { return }
    var stopped = receipt
    stopped.stop = HevoReceipt.Stop(askedAt: receipt.stop?.askedAt ?? service.now(), isDelivered: false)
    try receipts.keep(stopped)
    try await cancel(job.id, stopped, unlessRefused: receipt)
  }

  /// The same run, once its job is listed.
  private func found(_ receipt: HevoReceipt) async throws(EngineError) -> HevoReceipt {
    var survey = HevoSurvey(try receipts.all(), patience: patience)
    do throws(LookFailure) {
      _ = try await readJobs(of: receipt.pipeline, for: nil, into: &survey)
    } catch {
      throw error.beforeEffect
    }
    guard let seen = survey.receipt(of: receipt.run), !seen.seeksJob else {
      throw EngineError(.unavailable, receipt.wordsForUnlisted, .retryable)
    }
    return seen
  }

  private func cancel(
    _ job: String, _ stopped: HevoReceipt, unlessRefused before: HevoReceipt
  ) async throws(EngineError) {
    let failure = await CallFailure.of { () async throws(CallFailure) in
      try await service.cancel(job, of: stopped.pipeline)
    }
    guard let failure else { return try deliver(stopped) }
    let seen = await standing(of: job, of: stopped.pipeline)
    if let seen, seen == .cancelling { return try deliver(stopped) }
    // Where it is over there is nothing to refuse: how it ended, the next look tells.
    if let seen, seen.isOver { return try receipts.keep(before) }
    if !failure.mayHaveBeenTaken { try receipts.keep(before) }
    throw EngineError(failure)
  }

  private func standing(of job: String, of id: String) async -> HevoStanding? {
    (try? await service.job(job, of: id)).map { HevoStanding($0.status) }
  }

  private func deliver(_ receipt: HevoReceipt) throws(EngineError) {
    var delivered = receipt
    delivered.stop?.isDelivered = true
    try receipts.keep(delivered)
  }
}

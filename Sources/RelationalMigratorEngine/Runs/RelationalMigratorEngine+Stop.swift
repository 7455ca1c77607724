public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension RelationalMigratorEngine {
  /// One call ends a job in either stage, and the stage may change on its way: the job is read right before, and again where no good answer
  /// came. A complete is sent only in the CDC stage; a cancel there completes, since nothing else ends it.
  public func stop(_ order: StopOrder) async throws(EngineError) {
    guard let receipt = try receipts.receipt(of: order.run) else {
      throw EngineError(
        .runUnknown, "no run \(order.run) was started at Relational Migrator from this state folder", .terminal)
    }
    guard receipt.isOpen, !hasTakenStop(receipt) else { return }
    guard let job = receipt.job else { throw EngineError(.unavailable, receipt.wordsForUnknown, .retryable) }
    let seen = try await look(at: receipt)
    switch seen.standing {
    case nil, .ended, .ending, .cleaningUp: return
    case .active(.verify), .unverified:
      throw EngineError(
        .wrongStage,
        "job \(job.id) has migrated everything and is being verified, which Relational Migrator has no documented call to stop",
        .terminal)
    case .unclear(let reason): throw EngineError(.unavailable, reason, .retryable)
    case .active(let stage):
      guard order.kind == .cancel || stage == .cdc else {
        throw EngineError(
          .wrongStage, "job \(job.id) is in its snapshot stage, in which a stop would terminate it; `cancel` does that",
          .terminal)
      }
      try await send(order.kind, seen.receipt, job.id)
    }
  }

  /// A stop that was taken is given time before it is sent again.
  private func hasTakenStop(_ receipt: MigratorReceipt) -> Bool {
    receipt.stop.map { service.now() - $0.askedAt < patience.stop } ?? false
  }

  /// The receipt once its job was read, and where that stands; nothing stands where the run is over.
  private func look(
    at receipt: MigratorReceipt
  ) async throws(EngineError) -> (receipt: MigratorReceipt, standing: MigratorStanding?) {
    let job: MigratorJob?
    do throws(CallFailure) {
      job = try await service.job(receipt.job?.id ?? "")
    } catch {
      throw EngineError(.unavailable, error.message, .retryable)
    }
    let next = receipt.following(job, at: service.now(), patience)
    if next != receipt { try receipts.keep(next) }
    return (next, next.isOpen ? job.map(next.standing) : nil)
  }

  private func send(_ kind: StopKind, _ receipt: MigratorReceipt, _ id: String) async throws(EngineError) {
    let failure = await CallFailure.of { () async throws(CallFailure) in _ = try await service.stop(id) }
    guard let failure else {
      var stopped = receipt
      stopped.stop = MigratorReceipt.Stop(kind: kind, askedAt: service.now())
      return try receipts.keep(stopped)
    }
    // Where nothing runs any more there is nothing to refuse, and where it ends the stop was taken.
    let seen = try? await look(at: receipt)
    switch seen?.standing {
    case .ending, .cleaningUp: return
    case nil where seen != nil: return
    case nil, .active, .unverified, .ended, .unclear: throw EngineError(failure)
    }
  }
}

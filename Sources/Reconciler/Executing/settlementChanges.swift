public import PipelineModel

/// The transaction that settles an engine operation by its answer (law 6).
///
/// An answer to an intent that was settled meanwhile says nothing new: what was observed since counts.
public func settlementChanges(
  for operation: Operation, answer: OperationAnswer, stored: StoredState, now: Timestamp
) -> [StateChange] {
  guard let intent = stored.intent(operation.id) else { return [] }
  let settlement = Settlement(intent: intent, stored: stored, now: now)
  switch operation.effect {
  case .start(let order): return settlement.start(order, answer)
  case .stop(let order): return settlement.stop(order, answer)
  case .write: return settlement.write(answer)
  case .configure, .forget, .settle: return []
  }
}

/// The making of that transaction.
private struct Settlement {
  let intent: Intent
  let stored: StoredState
  let now: Timestamp

  func start(_ order: StartOrder, _ answer: OperationAnswer) -> [StateChange] {
    switch answer {
    case .done, .alreadyRunning(order.run):
      return [settled(.done)] + requestSettled(.done(order.run))
    case .alreadyRunning(let other): return [settled(.refused("already running"))] + conflicting(order, other)
    case .occupied(let message): return occupied(order, message)
    case .refused(let message), .wrongStage(let message):
      return [settled(.refused(message))] + ended(order.run, .failed(Failure(.engineFailed, message)))
        + requestSettled(.refused(.engine(message)))
    case .unavailable, .runUnknown: return [settled(.notExecuted)]
    case .uncertain(let message): return [uncertain(message)]
    }
  }

  /// What is somebody else's is never cancelled: whoever does not wait for it is refused.
  private func occupied(_ order: StartOrder, _ message: String) -> [StateChange] {
    let refused = [settled(.refused(message))] + requestSettled(.refused(.engine(message)))
    guard let request, case .start(let options) = request.job.action else {
      return refused + ended(order.run, .failed(Failure(.engineFailed, message)))
    }
    switch options.ifRunning {
    case .reject: return refused + neverBegun(order.run, message)
    // It is ordered, and sent again after a while.
    case .wait, .replace: return [settled(.notExecuted)]
    }
  }

  /// Whether it is as declared is seen by the next look.
  func write(_ answer: OperationAnswer) -> [StateChange] {
    switch answer {
    case .done, .alreadyRunning: [settled(.done)]
    case .refused(let message), .wrongStage(let message): [settled(.refused(message))] + remembered(message)
    case .unavailable, .runUnknown, .occupied: [settled(.notExecuted)]
    case .uncertain(let message): [uncertain(message)]
    }
  }

  /// So that it is not asked for again and again.
  private func remembered(_ message: String) -> [StateChange] {
    guard var pipeline = stored.pipeline(intent.operation.pipeline) else { return [] }
    pipeline.held?.refusal = SettingsRefusal(generation: pipeline.generation, message: message, at: now)
    return [.putPipeline(pipeline)]
  }

  func stop(_ order: StopOrder, _ answer: OperationAnswer) -> [StateChange] {
    switch answer {
    case .done, .alreadyRunning: return [settled(.done)] + stopping(order)
    case .runUnknown where order.unseen != nil: return [settled(.done)] + requestSettled(.nothingToCancel)
    case .runUnknown:
      // The engine has nothing of this run, so nothing of it is left to stop.
      return [settled(.done)] + goneUnseen(order)
    case .wrongStage where order.kind == .complete:
      return [settled(.notExecuted)] + requestSettled(.refused(.notInChangeCapture(order.run)))
    case .refused(let message), .wrongStage(let message):
      return [settled(.refused(message))] + recorded(.refused(.engine(message)))
    case .unavailable, .occupied: return [settled(.notExecuted)] + askedAgain(order)
    case .uncertain(let message): return [uncertain(message)]
    }
  }

  /// Nothing was sent for what nobody has seen, so the request waits for its turn anew.
  private func askedAgain(_ order: StopOrder) -> [StateChange] {
    guard order.unseen != nil, let request, request.isConsumed else { return [] }
    return [.putRequest(request.moved(to: .pending(behind: nil)))]
  }

  private func settled(_ outcome: IntentOutcome) -> StateChange {
    var copy = intent
    copy.state = .settled(outcome, at: now)
    return .putIntent(copy)
  }

  private func uncertain(_ message: String) -> StateChange {
    var copy = intent
    copy.state = .uncertain(message, at: now)
    return .putIntent(copy)
  }

  /// A clean attempt met somebody else's run: the request's policy says what that means for the first one. A later one ends the run.
  private func conflicting(_ order: StartOrder, _ run: RunID) -> [StateChange] {
    let words = "another run of this pipeline was active"
    guard let request, request.state.result == nil, case .start(let options) = request.job.action else {
      return ended(order.run, .failed(Failure(.engineFailed, words)))
    }
    let ending = neverBegun(order.run, words)
    switch options.ifRunning {
    case .reject: return ending + requestSettled(.refused(.alreadyRunning(run)))
    case .wait, .replace: return ending + [.putRequest(request.moved(to: .pending(behind: run)))]
    }
  }

  /// What its request asked for was not taken, so there is no run: nothing has failed. A later attempt ends the run that there is.
  private func neverBegun(_ run: RunID, _ words: String) -> [StateChange] {
    guard let record = stored.run(run), record.isActive, !record.hasBegun else {
      return ended(run, .failed(Failure(.engineFailed, words)))
    }
    return [.dropRun(run)]
  }

  private func ended(_ run: RunID, _ outcome: RunOutcome) -> [StateChange] {
    guard var record = stored.run(run), record.isActive else { return [] }
    record.report.status = .ended(outcome)
    record.report.endedAt = now
    record.observedAt = now
    record.retryAt = nil
    record.retriedFailure = nil
    return [.putRun(record)]
  }

  /// The end of a run that its engine knows nothing of; one that was stopped before it began leaves the start that asked for it
  /// without any effect. How one ended that a service has run, and knows no more, nobody has seen (law 4).
  private func goneUnseen(_ order: StopOrder) -> [StateChange] {
    guard let record = stored.run(order.run) else { return [] }
    let isProven = !record.hasBegun || record.observedFrom == .local
    let outcome = order.kind == .cancel && isProven ? RunOutcome.cancelled : .lost
    let end = RunEnd(record: record, outcome: outcome)
    let requests = stored.requests(actingOn: order.run).map { request -> StateChange in
      let superseded = request.job.action.stopKind == nil ? order.request.map { RequestResult.superseded(by: $0) } : nil
      return .putRequest(request.moved(to: .settled(superseded ?? end.result(of: request), at: now)))
    }
    let pipeline = stored.pipeline(order.run.pipeline).map { [StateChange.putPipeline(end.pipeline($0))] } ?? []
    return ended(order.run, outcome) + (record.hasBegun ? pipeline : []) + requests + slotsBehind(order)
  }

  /// What waited behind a run goes with it; a run that made room for a slot leaves that slot its place.
  private func slotsBehind(_ order: StopOrder) -> [StateChange] {
    guard order.kind == .cancel, order.request != nil else { return [] }
    return stored.schedule(of: order.run.pipeline)?.givingUp(.cancelled(with: order.run), at: now) ?? []
  }

  private func stopping(_ order: StopOrder) -> [StateChange] {
    guard var record = stored.run(order.run) ?? order.unseen?.record(at: now),
      !record.report.status.isStopping(order.kind)
    else { return [] }
    if order.kind == .cancel { record.cancelledAt = record.cancelledAt ?? now }
    switch record.report.status {
    case .ended: return []
    case .unconfirmed: return order.kind == .cancel ? [.putRun(record)] : []
    case .starting, .active, .backingOff, .stopping:
      record.report.status = .stopping(StopProgress(kind: order.kind, step: .requested, since: now))
      record.retryAt = nil
      record.retriedFailure = nil
      return [.putRun(record)]
    }
  }

  /// The request that asked for it; a start that is repeated has it in its order.
  private var request: RequestRecord? {
    guard let id = intent.operation.request ?? intent.operation.effect.trigger else { return nil }
    return stored.request(RequestKey(intent.operation.pipeline, id))
  }

  /// The result of the operation's own request; a start that replaces another run is not settled by stopping that run.
  private func requestSettled(_ result: RequestResult) -> [StateChange] {
    guard let request else { return [] }
    switch (request.job.action, intent.operation.effect) {
    case (.start, .stop): return []
    case (.start, _), (.cancel, _), (.complete, _): return recorded(result)
    }
  }

  private func recorded(_ result: RequestResult) -> [StateChange] {
    guard let request, request.state.result == nil else { return [] }
    return [.putRequest(request.moved(to: .settled(result, at: now)))]
  }
}

extension UnseenRun {
  /// What is known once its stop was taken: that there may be one.
  fileprivate func record(at now: Timestamp) -> RunRecord {
    RunRecord(
      order: order, orderedAt: now, report: RunReport(run: order.run, status: .active(.extract)), observedAt: now,
      observedFrom: order.spec.engine.name)
  }
}

extension Effect {
  fileprivate var trigger: RequestID? {
    guard case .start(let order) = self, case .request(let id) = order.trigger else { return nil }
    return id
  }
}

public import PipelineModel

/// Acts on a pending request, or says what it waits for.
///
/// An unavailable engine leaves it pending, never refused (law 7).
func decideRequest(
  _ request: RequestRecord, _ situation: Situation, record: PipelineRecord, capacity: inout Capacity
) -> Outcome {
  let engine = situation.activeRun?.order.spec.engine ?? record.applied.spec.engine
  if let reason = situation.unavailability(of: engine.name) {
    let pending = request.moved(to: .pending(behind: request.target ?? situation.activeRun?.id))
    return .waiting(.engineUnavailable(engine.name, reason), noting: noted(pending, situation))
  }
  switch request.job.action {
  case .start(let options):
    return decideStart(request, options, situation, record: record, capacity: &capacity)
  case .cancel: return decideCancel(request, situation, record: record)
  case .complete: return decideComplete(request, situation)
  }
}

/// The change that records a pending request, where it is not recorded just so.
func noted(_ request: RequestRecord, _ situation: Situation) -> [StateChange] {
  situation.request(request.key.request) == request ? [] : [.putRequest(request)]
}

/// A cancel aims at the run that was active when it was first recorded, and at no later one.
private func decideCancel(_ request: RequestRecord, _ situation: Situation, record: PipelineRecord) -> Outcome {
  let now = situation.now
  let aim = request.target.flatMap { target in situation.activeRuns.first { $0.id == target } }
  guard let run = aim ?? situation.activeRun else {
    if request.target == nil, let held = situation.held(record), held.stopsUnseen == true {
      return decideUnseenCancel(request, held, situation, record: record)
    }
    let result = request.target.map { RequestResult.alreadyEnded($0) } ?? .nothingToCancel
    return .doing([settleOperation(request, as: result, at: now)])
  }
  if let target = request.target, target != run.id {
    return .doing([settleOperation(request, as: .alreadyEnded(target), at: now)])
  }
  if request.target == nil, !situation.isNew(request), run.orderedAt > request.recordedAt {
    return .doing([settleOperation(request, as: .nothingToCancel, at: now)])
  }
  if case .stopping(let progress) = run.report.status, progress.kind == .cancel {
    return .waiting(.runStopping(run.id), noting: [.putRequest(request.moved(to: .acting(run.id)))])
  }
  if let question = question(.cancel, of: request, situation, record: record) { return question }
  return .doing([stopOperation(run, kind: .cancel, request: request, reason: request.askedFor)])
}

/// No run is known, and none would show: so whatever the engine runs there is stopped, once, and is recorded as a run.
private func decideUnseenCancel(
  _ request: RequestRecord, _ held: HeldDefinition, _ situation: Situation, record: PipelineRecord
) -> Outcome {
  if let words = startsNone(of: record, held) {
    return .doing([settleOperation(request, as: .refused(.engine(words)), at: situation.now)])
  }
  if let question = question(.cancel, of: request, situation, record: record) { return question }
  let run = RunID(pipeline: record.name, number: record.lastRunNumber + 1)
  let order = StartOrder(
    run: run, trigger: .external, mode: record.applied.spec.mode, generation: record.generation,
    spec: record.applied.spec, refreshSchema: false)
  let stop = StopOrder(
    run: run, kind: .cancel, request: request.key.request, reason: request.job.reason,
    unseen: UnseenRun(order: order, askedAt: request.recordedAt))
  return .doing([
    Operation(
      id: OperationID("cancel:\(run)"), pipeline: record.name, effect: .stop(stop), dataEffect: .cancelsRun,
      preconditions: [.noActiveRun, .requestUnsettled(request.key)], request: request.key.request,
      reason: request.askedFor + "; no job that goes on is shown there, so whatever runs at that moment is stopped")
  ])
}

/// A request waits, where nobody can be asked, until somebody agrees to what it does; a new one is a commit's, which is refused as a whole
/// for what it does not allow.
func question(
  _ consent: Consent, of request: RequestRecord, _ situation: Situation, record: PipelineRecord
) -> Outcome? {
  guard situation.isUnattended, !situation.isNew(request), request.missing(record.applied.spec.allow).contains(consent)
  else { return nil }
  return .waiting(.consentNeeded(request.key.request, consent), noting: noted(request, situation))
}

/// A complete ends a continuous run well, and only in its CDC stage; it is never turned into a cancel, and hits no later run
/// than the one that was active when it was first recorded.
private func decideComplete(_ request: RequestRecord, _ situation: Situation) -> Outcome {
  if let target = request.target, target != situation.activeRun?.id {
    return .doing([settleOperation(request, as: .alreadyEnded(target), at: situation.now)])
  }
  guard let run = situation.activeRun else {
    return .doing([settleOperation(request, as: .refused(.nothingToComplete), at: situation.now)])
  }
  if let command = run.order.spec.work.commandJob { return decideComplete(request, of: command, run, situation) }
  switch run.report.status {
  case .active(.cdc):
    return .doing([stopOperation(run, kind: .complete, request: request, reason: request.askedFor)])
  case .active(.load) where run.order.mode == .continuous && run.report.stages.contains { $0.stage == .cdc }:
    return .doing([stopOperation(run, kind: .complete, request: request, reason: request.askedFor)])
  case .stopping(let progress) where progress.kind == .complete:
    return .waiting(.runStopping(run.id), noting: [.putRequest(request.moved(to: .acting(run.id)))])
  case .starting, .active, .backingOff, .stopping, .unconfirmed, .ended:
    return .doing([settleOperation(request, as: .refused(.notInChangeCapture(run.id)), at: situation.now)])
  }
}

/// A command is completed while it runs, if it declares that it can be.
private func decideComplete(
  _ request: RequestRecord, of command: CommandJob, _ run: RunRecord, _ situation: Situation
) -> Outcome {
  guard command.capabilities.canComplete, run.order.mode == .continuous else {
    let wish = command.capabilities.canComplete ? "`complete` outside the mode `continuous`" : "`complete`"
    return .doing([settleOperation(request, as: .refused(.undeclared(wish)), at: situation.now)])
  }
  switch run.report.status {
  case .active(.run): return .doing([stopOperation(run, kind: .complete, request: request, reason: request.askedFor)])
  case .stopping(let progress) where progress.kind == .complete:
    return .waiting(.runStopping(run.id), noting: [.putRequest(request.moved(to: .acting(run.id)))])
  case .starting, .active, .backingOff, .stopping, .unconfirmed, .ended:
    return .doing([settleOperation(request, as: .refused(.commandNotRunning(run.id)), at: situation.now)])
  }
}

/// Stops a run on demand.
func stopOperation(_ run: RunRecord, kind: StopKind, request: RequestRecord, reason: String) -> Operation {
  Operation(
    id: OperationID("\(kind.rawValue):\(run.id)"), pipeline: run.id.pipeline,
    effect: .stop(StopOrder(run: run.id, kind: kind, request: request.key.request, reason: request.job.reason)),
    dataEffect: kind == .cancel ? .cancelsRun : .none,
    preconditions: [.activeRun(run.id), .requestUnsettled(request.key)], request: request.key.request, reason: reason)
}

/// Records the result of a request that needs no effect.
func settleOperation(_ request: RequestRecord, as result: RequestResult, at now: Timestamp) -> Operation {
  Operation(
    id: OperationID("settle:\(request.key)"), pipeline: request.key.pipeline,
    effect: .settle(request.moved(to: .settled(result, at: now))), dataEffect: .none,
    preconditions: [.requestUnsettled(request.key)], request: request.key.request, reason: result.sentence)
}

extension RequestResult {
  /// What became of the request, for a person.
  public var sentence: String {
    switch self {
    case .done(let run): "done: \(run)"
    case .alreadyEnded(let run): "done: \(run) had already ended by itself"
    case .nothingToCancel: "done: no run was active"
    case .refused(let refusal): "refused: \(refusal.sentence)"
    case .superseded(let request): "superseded by request `\(request)`"
    case .expired: "expired before it could be acted on"
    }
  }
}

extension Refusal {
  public var sentence: String {
    switch self {
    case .alreadyRunning(let run):
      "\(run) is running; `ifRunning: wait` waits for it, `ifRunning: replace` cancels it first"
    case .notInChangeCapture(let run): "\(run) is not in its cdc stage; only `cancel` can end it now"
    case .nothingToComplete: "no run is active"
    case .undeclared(let wish):
      "the command does not declare \(wish); if it can be asked for that, say so under `spec.command.capabilities`"
    case .cannotDropDestination:
      "only a built-in destination can be dropped first; empty the destination yourself, then start with mode `historical`"
    case .commandNotRunning(let run): "the command of \(run) is not running at the moment; only `cancel` can end it now"
    case .engine(let words): words
    }
  }
}

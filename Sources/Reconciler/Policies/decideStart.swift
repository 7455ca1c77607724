internal import PipelineModel

/// Starts the run that a request asks for, or waits, replaces or refuses where another one is active.
func decideStart(
  _ request: RequestRecord, _ options: StartOptions, _ situation: Situation, record: PipelineRecord,
  capacity: inout Capacity
) -> Outcome {
  if let refusal = refusal(of: options, for: record, situation) {
    return .doing([settleOperation(request, as: .refused(refusal), at: situation.now)])
  }
  guard let run = situation.activeRun else {
    if let question = question(.rewrite, of: request, situation, record: record) { return question }
    let engine = record.applied.spec.engine
    if let full = capacity.take(of: engine) { return .waiting(full, noting: noted(request, situation)) }
    let order = order(for: request, options, record: record)
    let start = startOperation(
      order, request: request, afterGeneration: situation.record?.generation ?? 0, reason: request.askedFor)
    return .doing([start])
  }
  let pending = request.moved(to: .pending(behind: run.id))
  let waiting = Outcome.waiting(
    .requestPending(request.key.request, behind: run.id), noting: noted(pending, situation))
  switch options.ifRunning {
  case .reject where run.isLeftover: return waiting
  case .reject:
    return .doing([settleOperation(request, as: .refused(.alreadyRunning(run.id)), at: situation.now)])
  case .wait: return waiting
  case .replace:
    guard run.report.status.takesCancel else { return waiting }
    if let question = question(.cancel, of: pending, situation, record: record) { return question }
    let stop = stopOperation(run, kind: .cancel, request: request, reason: "replaced by " + request.askedFor)
    return .doing([stop], noting: noted(pending, situation))
  }
}

extension RunStatus {
  /// Whether a cancel would be news to the run.
  var takesCancel: Bool {
    switch self {
    case .starting, .active, .backingOff: true
    case .stopping(let progress): progress.kind == .complete
    case .unconfirmed, .ended: false
    }
  }
}

extension RunRecord {
  /// Whether it is over but for processes that its dead supervisor left behind, which are being ended.
  fileprivate var isLeftover: Bool { report.status.isUnconfirmed && observedFrom == .local }
}

/// Why a start cannot be as it is asked for; nil where it can. In a manifest the compiler says the same, at its line.
private func refusal(of options: StartOptions, for record: PipelineRecord, _ situation: Situation) -> Refusal? {
  switch record.applied.spec.work {
  case .command: undeclaredWish(options, of: record).map { .undeclared($0) }
  case .replication(let replication):
    options.dropDestinationFirst && !replication.destination.connector.isBuiltin ? .cannotDropDestination : nil
  case .remote(let id):
    startsNone(of: record, situation.held[record.applied.spec.engine.name]?[id]).map { .engine($0) }
  case .migration: nil
  }
}

/// Why none of its jobs is started or stopped on demand; nil where they may be. What a manifest states counts before what is shown.
func startsNone(of record: PipelineRecord, _ held: HeldDefinition?) -> String? {
  switch record.applied.spec.startsOnDemand {
  case false?: "its jobs start on no demand, as `remote.capabilities` says"
  case true?: nil
  case nil: held?.startsNone
  }
}

extension Connector {
  fileprivate var isBuiltin: Bool {
    switch self {
    case .builtin: true
    case .executable, .package: false
    }
  }
}

/// What is asked of a command that it does not declare; nil where everything is in order.
private func undeclaredWish(_ options: StartOptions, of record: PipelineRecord) -> String? {
  guard let declared = record.applied.spec.work.commandJob?.capabilities else { return nil }
  let mode = nextMode(of: options, record)
  if !declared.modes.contains(mode) { return "the mode `\(mode.rawValue)`" }
  return options.dropDestinationFirst && !declared.canDropDestinationFirst ? "`dropDestinationFirst`" : nil
}

/// The mode that is asked for, or the pipeline's; a history that was cut comes first where it can.
private func nextMode(of options: StartOptions, _ record: PipelineRecord) -> RunMode {
  let spec = record.applied.spec
  let hasHistory = spec.work.commandJob?.capabilities.modes.contains(.historical) ?? true
  return options.mode ?? (record.isHistoryPending && hasHistory ? .historical : spec.mode)
}

func order(for request: RequestRecord, _ options: StartOptions, record: PipelineRecord) -> StartOrder {
  StartOrder(
    run: RunID(pipeline: record.name, number: record.lastRunNumber + 1), trigger: .request(request.key.request),
    options, record, reason: request.job.reason)
}

extension StartOrder {
  /// The next run of a pipeline as it is recorded.
  init(
    run: RunID, trigger: RunTrigger, _ options: StartOptions, _ record: PipelineRecord,
    reason: String? = nil
  ) {
    let mode = nextMode(of: options, record)
    let isCommand = record.applied.spec.work.commandJob != nil
    self.init(
      run: run, trigger: trigger, mode: mode, generation: record.generation, spec: record.applied.spec,
      refreshSchema: !isCommand && (record.needsDiscovery || mode == .historical || record.isHistoryPending),
      staleBookmarks: isCommand || mode == .historical || mode == .snapshot ? .streams([]) : record.staleBookmarks,
      dropDestinationFirst: options.dropDestinationFirst, reason: reason)
  }
}

/// Starts a run; the id names the attempt, so that repeating it repeats nothing.
///
/// - Parameter afterGeneration: what is recorded when the plan is made; the same plan may raise it before the start.
func startOperation(
  _ order: StartOrder, request: RequestRecord? = nil, afterGeneration generation: Int? = nil, reason: String
) -> Operation {
  let suffix = order.attempt > 1 ? "#\(order.attempt)" : ""
  let isCommand = order.spec.work.commandJob != nil
  let preconditions: [Precondition] =
    generation.map { [.generation($0), .noActiveRun] } ?? [.activeRun(order.run)]
  return Operation(
    id: OperationID("start:\(order.run)\(suffix)"), pipeline: order.run.pipeline, effect: .start(order),
    dataEffect: order.dataEffect,
    preconditions: preconditions + (request.map { [.requestUnsettled($0.key)] } ?? []),
    request: request?.key.request,
    reason: isCommand ? reason + "; what it does to data, the command decides" : reason)
}

extension StartOrder {
  fileprivate var dataEffect: DataEffect {
    if dropDestinationFirst { return .rewritesDestination }
    switch mode {
    case .historical, .snapshot: return .rereads
    case .incremental, .continuous: return staleBookmarks.isEmpty ? .none : .rereads
    }
  }
}

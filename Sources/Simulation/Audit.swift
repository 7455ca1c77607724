import ControlLoop
import PipelineModel
import Reconciler
import StoreAPI

/// Watches everything that crosses the border between the controller and the world, and knows what is true there.
///
/// It shares no code with the planner: it sees commits, calls and the engine's own truth, and holds them to the laws.
struct Audit {
  private(set) var violations: [LawViolation] = []
  private var intents: [OperationID: IntentState] = [:]
  private var requests: [RequestKey: RequestRecord] = [:]
  private var slots: [PipelineName: SlotAudit] = [:]
  private var isClockReliable = true
  /// Operations whose fate is unknown, until their engine has been read.
  private var ambiguous: [OperationID: AmbiguousCall] = [:]
  /// Runs that the engine began, by the request that asked for them.
  private var started: [RequestKey: Set<RunID>] = [:]
  private var stopped: [RequestKey: Set<RunID>] = [:]
  private var cancelled: Set<RunID> = []
  /// By a request to cancel.
  private var stoppedOnDemand: Set<RunID> = []
  /// The engines that answered when they were looked at last.
  private var read: Set<EngineName> = []
  /// Those of which the engine could not tell everything when it was read.
  private var silent: Set<PipelineName> = []
  /// What the controller at work was asked for.
  var goal = LoopGoal()
  private var pipelines: [PipelineName: PipelineRecord] = [:]
  private var generations: [PipelineName: Int] = [:]
  private var numbers: [PipelineName: Int] = [:]
  private var orderedAt: [RunID: Timestamp] = [:]

  mutating func fail(_ law: Int, _ pipeline: PipelineName?, _ message: String) {
    violations.append(LawViolation(law: law, pipeline: pipeline, message))
  }

  // MARK: The controller's life

  /// A new process knows nothing; what was under way when the old one died may or may not have happened.
  mutating func restarted() {
    read = []
  }

  /// - Parameter engines: those that answered.
  mutating func observed(_ engines: Set<EngineName>, unreadable: [UnreadableRun]) {
    read = engines
    silent = Set(unreadable.map(\.run.pipeline))
    ambiguous = ambiguous.filter { !engines.contains($0.value.engine) || silent.contains($0.value.pipeline) }
  }

  private struct AmbiguousCall {
    var pipeline: PipelineName
    var engine: EngineName
  }

  // MARK: Calls

  /// What is applied of every pipeline that is not forgotten.
  var applied: [PipelineName: DesiredPipeline] {
    pipelines.filter { !$0.value.isForgotten }.mapValues(\.applied)
  }

  mutating func calling(
    _ operation: Operation, at name: EngineName, basis: String?, engine: ModelEngines, now: Timestamp
  ) {
    let pipeline = operation.pipeline
    if intents[operation.id]?.isOpen != true { fail(6, pipeline, "\(operation.id) is called without an open intent") }
    if ambiguous[operation.id] != nil { fail(6, pipeline, "\(operation.id) is repeated without being read back") }
    if !read.contains(name) { fail(7, pipeline, "\(operation.id) is called although the engine could not be read") }
    if silent.contains(pipeline) {
      fail(7, pipeline, "\(operation.id) is called although a run of it could not be read")
    }
    switch operation.effect {
    case .start(let order): starting(order, basis, engine, now)
    case .stop(let order): stopping(order, operation, engine)
    case .write(let order): writing(order, pipeline)
    case .configure, .forget, .settle: fail(6, pipeline, "\(operation.id) is no engine's business")
    }
    // Until an answer is heard, the process may die.
    ambiguous[operation.id] = AmbiguousCall(pipeline: pipeline, engine: name)
  }

  mutating func answered(_ operation: Operation, _ answer: OperationAnswer) {
    switch answer {
    case .uncertain: break
    case .done, .alreadyRunning, .occupied, .runUnknown, .wrongStage, .refused, .unavailable:
      ambiguous[operation.id] = nil
    }
  }

  private mutating func starting(_ order: StartOrder, _ basis: String?, _ engine: ModelEngines, _ now: Timestamp) {
    let theirs = engine.active(of: order.run.pipeline).filter { $0.order.run != order.run && !$0.isForeign }
    if let other = theirs.first {
      fail(1, order.run.pipeline, "\(order.run) is started while \(other.order.run) is active")
    }
    let others = engine.runs.values.filter { $0.isActive && !$0.isForeign && $0.order.run != order.run }
    let beside = others.filter { $0.order.spec.engine.name == order.spec.engine.name }.count
    let limit = order.spec.engine.maxConcurrentRuns
    if beside >= limit {
      fail(1, order.run.pipeline, "\(order.run) is started beside \(beside) others; \(limit) are allowed")
    }
    if let total = goal.maxConcurrentRuns, others.count >= total, engine.runs[order.run] == nil, order.attempt == 1,
      case .slot = order.trigger
    {
      fail(
        1, order.run.pipeline, "\(order.run) is started beside \(others.count) others; \(total) are allowed altogether")
    }
    if case .slot(let instant) = order.trigger { starting(order, for: instant, engine, now) }
    if case .request(let id) = order.trigger, order.attempt == 1, engine.runs[order.run] == nil {
      let key = RequestKey(order.run.pipeline, id)
      if requests[key]?.state.result != nil { fail(2, order.run.pipeline, "\(key) is acted on after its result") }
    }
    if order.trigger == .external { fail(8, order.run.pipeline, "\(order.run) is somebody else's, and tried again") }
    let isFresh = order.attempt == 1 && engine.runs[order.run] == nil
    if isFresh, basis != engine.confirmedState(of: order.run.pipeline) {
      fail(10, order.run.pipeline, "\(order.run) begins from \(basis ?? "nothing"), not from the last confirmed state")
    }
  }

  /// Whoever has a destination rewritten was asked: whoever asks at this moment, or asked before, or the manifest.
  private mutating func ordering(_ order: StartOrder) {
    guard order.dropDestinationFirst, case .request(let id) = order.trigger else { return }
    let key = RequestKey(order.run.pipeline, id)
    if !goal.isUnattended && goal.consents.general.contains(.rewrite) { return }
    if requests[key]?.agreed.contains(.rewrite) ?? false { return }
    if pipelines[key.pipeline]?.applied.spec.allow.contains(.rewrite) ?? false { return }
    fail(12, order.run.pipeline, "nobody agreed to what \(key) does")
  }

  /// A slot's run begins in time, not during a pause, and not because of a cancel.
  private mutating func starting(_ order: StartOrder, for instant: Timestamp, _ engine: ModelEngines, _ now: Timestamp)
  {
    let name = order.run.pipeline
    if slots[name]?.outcomes[instant]?.outcome != .ran(order.run) {
      fail(3, name, "\(order.run) begins for slot \(instant), which has another outcome")
    }
    guard order.attempt == 1, engine.runs[order.run] == nil else { return }
    if pipelines[name]?.pause(at: now) != nil { fail(3, name, "\(order.run) begins for a slot during a pause") }
    if case .slots(let schedule) = order.spec.schedule, instant + schedule.startDeadline + Self.slack < now {
      fail(3, name, "\(order.run) begins for slot \(instant) after its deadline, at \(now)")
    }
    guard isClockReliable else { return }
    for run in engine.runs.values where run.order.run.pipeline == name && stoppedOnDemand.contains(run.order.run) {
      guard run.status.outcome == .cancelled, let endedAt = run.endedAt, run.startedAt <= instant, instant <= endedAt
      else { continue }
      fail(3, name, "\(order.run) begins for slot \(instant), which queued up behind the cancelled \(run.order.run)")
    }
  }

  /// How long an operation may take from its plan to its call.
  private static let slack = TimeSpan(seconds: 300)

  mutating func clockWasSet() { isClockReliable = false }

  /// Nobody sleeps past a slot.
  mutating func sleeping(until: Timestamp?, now: Timestamp) {
    for (name, audit) in slots.sorted(by: { $0.key < $1.key }) {
      guard let next = audit.nextWanted(after: now), until.map({ $0 > next }) ?? true else { continue }
      fail(3, name, "a controller sleeps past slot \(next), until \(until.map(\.description) ?? "whenever")")
    }
  }

  private mutating func stopping(_ order: StopOrder, _ operation: Operation, _ engine: ModelEngines) {
    let pipeline = order.run.pipeline
    if order.request == nil, order.kind == .cancel, let orderedAt = orderedAt[order.run],
      slots[pipeline]?.makesRoom(after: orderedAt) == true
    {
      cancelled.insert(order.run)
      return
    }
    guard let id = order.request, let request = requests[RequestKey(pipeline, id)] else {
      return fail(8, pipeline, "\(order.run) is stopped, and no request asks for it")
    }
    let isAllowed =
      switch (request.job.action, order.kind) {
      case (.cancel, .cancel), (.complete, .complete): true
      case (.start(let options), .cancel): options.ifRunning == .replace
      case (.cancel, .complete), (.complete, .cancel), (.start, .complete): false
      }
    if !isAllowed { fail(8, pipeline, "\(order.run) gets \(order.kind), which \(request.key) does not ask for") }
    if request.state.result != nil { fail(2, pipeline, "\(request.key) is acted on after its result") }
    stopped[request.key, default: []].insert(order.run)
    if request.job.action == .cancel { stoppedOnDemand.insert(order.run) }
    if order.kind == .cancel { cancelled.insert(order.run) }
    if request.job.action.isStop, (stopped[request.key]?.count ?? 0) > 1 {
      fail(2, pipeline, "\(request.key) has stopped two runs")
    }
  }

  /// What has become of the engine after a call.
  mutating func compare(_ engine: ModelEngines) {
    for (id, run) in engine.runs.sorted(by: { $0.key < $1.key }) where !run.isForeign {
      guard case .request(let request) = run.order.trigger else { continue }
      let key = RequestKey(id.pipeline, request)
      if started[key, default: []].insert(id).inserted, (started[key]?.count ?? 0) > 1 {
        fail(2, id.pipeline, "\(key) has started two runs")
      }
    }
    for run in engine.doubled { fail(2, run.pipeline, "the order of \(run) has begun two jobs") }
    for run in engine.strayStops { fail(8, run.pipeline, "the stop of \(run) hits another job") }
    // What others do at their service beside our own run is their affair.
    let ours = engine.runs.values.filter { $0.isActive && !($0.isForeign && engine.hasServices) }
    for (pipeline, runs) in Dictionary(grouping: ours, by: \.order.run.pipeline)
    where runs.count > 1 {
      fail(1, pipeline, "active at once: \(runs.map(\.order.run).sorted())")
    }
  }

  // MARK: Commits

  mutating func committed(_ changes: [StateChange], engine: ModelEngines, now: Timestamp) {
    let ordered = Set(changes.compactMap(\.orderedSlot))
    for change in changes {
      switch change {
      case .putIntent(let intent): intents[intent.id] = intent.state
      case .putRequest(let request): record(request)
      case .putRun(let run): record(run, engine)
      case .dropRun(let run):
        if engine.runs[run] != nil { fail(4, run.pipeline, "\(run) is dropped, and has begun") }
      case .putPipeline(let pipeline):
        record(pipeline)
        slots[pipeline.name, default: SlotAudit(pipeline.name)].record(pipeline, at: now)
      case .appendState(let version): record(version, engine)
      case .putCatalog(let catalog): record(catalog, engine)
      case .putSlot(let slot):
        if case .ran(let run) = slot.outcome, !ordered.contains(run) {
          fail(3, slot.pipeline, "slot \(slot.instant) is said to have caused \(run), which it did not order")
        }
        slots[slot.pipeline, default: SlotAudit(slot.pipeline)].record(slot, engine, at: now)
      case .putSchedule(let progress):
        slots[progress.pipeline, default: SlotAudit(progress.pipeline)].record(progress, at: now)
      case .appendCommit, .bindEnvironment: break
      }
    }
  }

  private mutating func record(_ request: RequestRecord) {
    if let known = requests[request.key], known.state.result != nil, known != request {
      fail(2, request.key.pipeline, "\(request.key) gets a second result: \(request.state.words)")
    }
    requests[request.key] = request
  }

  private mutating func record(_ record: RunRecord, _ engine: ModelEngines) {
    if orderedAt.updateValue(record.orderedAt, forKey: record.id) == nil { ordering(record.order) }
    guard let outcome = record.report.status.outcome else { return }
    guard let truth = engine.runs[record.id] else {
      switch outcome {
      case .failed(let failure) where failure.code == .engineFailed: return
      case .cancelled: return
      case .succeeded, .completed, .lost, .failed:
        return fail(4, record.id.pipeline, "\(record.id) is recorded as \(outcome.word), and never began")
      }
    }
    guard let end = truth.status.outcome else {
      return fail(4, record.id.pipeline, "\(record.id) is recorded as \(outcome.word), and is \(truth.status.words)")
    }
    if engine.isHidden(record.id), outcome == .lost || isAllowed(outcome, for: .lost, record.id, engine) { return }
    if outcome != end, !isAllowed(outcome, for: end, record.id, engine) {
      fail(4, record.id.pipeline, "\(record.id) is recorded as \(outcome.word), and is \(end.word)")
    }
  }

  /// A run whose next attempt cannot be made has failed for that; a lost run of the embedded engine that was told to stop is verified gone.
  private func isAllowed(_ outcome: RunOutcome, for end: RunOutcome, _ run: RunID, _ engine: ModelEngines) -> Bool {
    switch (outcome, end) {
    case (.failed(let failure), .lost), (.failed(let failure), .failed): failure.code == .engineFailed
    case (.cancelled, .lost): cancelled.contains(run) && engine.runs[run]?.order.spec.engine.name == .local
    case (.succeeded, _), (.completed, _), (.lost, _), (.failed, _), (.cancelled, _): false
    }
  }

  private mutating func record(_ pipeline: PipelineRecord) {
    judgeOwnership(of: pipeline)
    if let known = generations[pipeline.name], pipeline.generation < known {
      fail(5, pipeline.name, "its generation goes back from \(known) to \(pipeline.generation)")
    }
    if let known = numbers[pipeline.name], pipeline.lastRunNumber < known {
      fail(1, pipeline.name, "its run number goes back from \(known) to \(pipeline.lastRunNumber)")
    }
    generations[pipeline.name] = pipeline.generation
    numbers[pipeline.name] = pipeline.lastRunNumber
  }

  /// Nobody takes or drops what belongs to another source set, and nothing is dropped that nobody asked to drop.
  private mutating func judgeOwnership(of pipeline: PipelineRecord) {
    defer { pipelines[pipeline.name] = pipeline }
    guard let known = pipelines[pipeline.name], !known.isForgotten else { return }
    if known.applied.sourceSet != pipeline.applied.sourceSet {
      fail(8, pipeline.name, "it goes from \(known.applied.sourceSet) to \(pipeline.applied.sourceSet)")
    }
    guard pipeline.isForgotten else { return }
    if known.applied.isProtected { fail(8, pipeline.name, "it is protected, and let go") }
    if goal.desired.prune == nil { fail(8, pipeline.name, "it is let go, and nobody asked for a prune") }
    if !goal.desired.sourceSets.contains(known.applied.sourceSet) {
      fail(8, pipeline.name, "it belongs to \(known.applied.sourceSet), and \(goal.desired.sourceSets) lets it go")
    }
  }

  private mutating func record(_ version: StateVersion, _ engine: ModelEngines) {
    guard case .run(let run, let sequence) = version.origin else { return }
    let truth = engine.runs[run]?.confirmed.first { $0.sequence == sequence }
    if truth == nil || truth?.text != version.text {
      fail(10, version.pipeline, "state \(sequence) of \(run) was never confirmed")
    }
    let mode = engine.runs[run]?.order.mode
    let isOver = engine.runs[run]?.status.outcome?.isGood == true
    if mode == .snapshot || mode == .historical && !isOver {
      fail(10, version.pipeline, "\(run) is \(mode?.rawValue ?? "unknown") and moves the state")
    }
  }

  private mutating func record(_ catalog: CatalogRecord, _ engine: ModelEngines) {
    if engine.runs[catalog.run]?.status.outcome?.isGood != true {
      fail(4, catalog.pipeline, "the catalog of \(catalog.run) is taken, which has not succeeded")
    }
  }

  // MARK: At the end

  /// Everything is over: each request has its one result, and it is a true one.
  mutating func closed(_ engine: ModelEngines, store: any ControlStore) throws(StoreError) {
    for (key, request) in requests.sorted(by: { $0.key < $1.key }) { judge(key, request, engine) }
    for (id, state) in intents.sorted(by: { $0.key < $1.key }) where state.isOpen {
      fail(6, nil, "\(id) is still open")
    }
    for (id, run) in engine.runs.sorted(by: { $0.key < $1.key }) {
      if let record = try store.run(id), record.isActive {
        fail(4, id.pipeline, "\(id) is over and recorded as active")
      }
      try judgeStates(id, run, store)
    }
    for record in pipelines.values.sorted(by: { $0.name < $1.name }) where !record.isForgotten {
      judgeDefinition(record, engine)
    }
  }

  /// Law 3: every slot up to now has its one outcome.
  mutating func closedSlots(at now: Timestamp) {
    for name in slots.keys.sorted() { slots[name]?.close(at: now) }
    violations += slots.values.flatMap(\.violations).sorted {
      ($0.pipeline ?? PipelineName(""), $0.message) < ($1.pipeline ?? PipelineName(""), $1.message)
    }
  }

  private mutating func judge(_ key: RequestKey, _ request: RequestRecord, _ engine: ModelEngines) {
    guard let result = request.state.result else {
      return fail(2, key.pipeline, "\(key) has no result: \(request.state.words)")
    }
    let runs = started[key] ?? []
    switch (request.job.action, result) {
    case (.start, .done(let run)):
      // What a service runs after a start whose answer was lost is taken for what was asked for.
      let isInferred = runs.isEmpty && engine.hasServices && engine.runs[run]?.isForeign == true
      if runs != [run], !isInferred { fail(2, key.pipeline, "\(key) says \(run), and started \(runs.sorted())") }
    case (.start, .refused), (.start, .superseded), (.start, .expired), (.start, .nothingToCancel),
      (.start, .alreadyEnded):
      // A run that was cancelled before it began never existed.
      if !runs.isEmpty { fail(2, key.pipeline, "\(key) says \(result), and started \(runs.sorted())") }
    case (.cancel, .done(let run)):
      let truth = engine.runs[run]
      let isCancelled = truth.map { $0.status.outcome == .cancelled || $0.status.outcome == .lost } ?? true
      if !isCancelled {
        fail(4, key.pipeline, "\(key) says that \(run) was cancelled; it is \(truth?.status.words ?? "")")
      }
    case (.complete, .done(let run)):
      if engine.runs[run]?.status.outcome != .completed {
        fail(4, key.pipeline, "\(key) says that \(run) was completed")
      }
    case (.cancel, .alreadyEnded(let run)), (.complete, .alreadyEnded(let run)):
      if engine.runs[run]?.isActive == true { fail(4, key.pipeline, "\(key) says that \(run) had ended") }
    case (.cancel, .nothingToCancel), (.cancel, .superseded), (.cancel, .expired), (.complete, .superseded),
      (.complete, .expired), (.complete, .nothingToCancel):
      if stopped[key] != nil { fail(2, key.pipeline, "\(key) says \(result), and stopped \(stopped[key] ?? [])") }
    case (.cancel, .refused), (.complete, .refused): break
    }
  }

  /// Nothing that a target confirmed is lost.
  private mutating func judgeStates(_ id: RunID, _ run: ModelRun, _ store: any ControlStore) throws(StoreError) {
    guard let last = run.confirmed.last, run.movesState else { return }
    let kept = try store.states(of: id.pipeline, limit: .max)
    if !kept.contains(where: { $0.origin == .run(id, sequence: last.sequence) }) {
      fail(10, id.pipeline, "the last confirmed state of \(id) is not on record")
    }
  }
}

extension JobAction {
  fileprivate var isStop: Bool {
    switch self {
    case .start: false
    case .cancel, .complete: true
    }
  }
}

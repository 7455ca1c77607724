import PipelineModel
import Reconciler

/// Everything that the telemetry remembers; commits come in, and what is new about them is counted and told.
struct Chronicle: Sendable {
  var book = RunBook()
  var events = EventLog()
  /// Operations whose answer was ambiguous, by engine.
  var ambiguous: [EngineName: Int] = [:]
  private var uncertain: Set<OperationID> = []
  /// Pipelines whose overdue pause was told of.
  private var overdue: Set<PipelineName> = []
  private var pendingRequests: Set<RequestKey> = []
  var reconciles: [String: Int] = [:]
  var reconcileDuration = Histogram.seconds
  var lastGoodReconcile: Timestamp?
  var missedSlots: [MissedSlot: Int] = [:]
  var engines: [EngineName: Bool] = [:]
  var calls: [EngineCall: Int] = [:]
  var nextSlots: [PipelineName: Timestamp] = [:]
  /// By direction.
  var clockJumps: [String: Int] = [:]
  /// Runs of which processes were found without anybody who looks after them, by how they came to be.
  var orphans: [String: Int] = [:]

  /// What an engine was asked, and what it answered.
  struct EngineCall: Hashable, Comparable, Sendable {
    var engine: EngineName
    var verb: String
    var code: String

    static func < (left: EngineCall, right: EngineCall) -> Bool {
      (left.engine, left.verb, left.code) < (right.engine, right.verb, right.code)
    }
  }

  struct MissedSlot: Hashable, Comparable, Sendable {
    var pipeline: PipelineName
    var reason: String

    static func < (left: MissedSlot, right: MissedSlot) -> Bool {
      left.pipeline == right.pipeline ? left.reason < right.reason : left.pipeline < right.pipeline
    }
  }

  mutating func begin(_ stored: StoredState, lastSuccess: [PipelineName: Timestamp]) {
    book.begin(stored, lastSuccess: lastSuccess)
    pendingRequests = Set(stored.requests.map(\.key))
    uncertain = Set(stored.intents.filter { if case .uncertain = $0.state { true } else { false } }.map(\.id))
  }

  /// Tells, once, of pauses that should be over and are still written down.
  mutating func noteOverdue(_ names: [PipelineName], at now: Timestamp) -> [ControlEvent] {
    let last = events.last
    for name in names {
      guard let end = book.pipelines[name]?.overduePause(at: now) else {
        overdue.remove(name)
        continue
      }
      guard overdue.insert(name).inserted else { continue }
      events.append(.pauseOverdue, of: name, end, at: now)
    }
    return events.events(after: last, of: nil, limit: .max)
  }

  mutating func note(_ operation: Operation, _ answer: OperationAnswer) {
    guard operation.effect.callsEngine else { return }
    let engine = operation.effect.run.flatMap { book.active[$0]?.engine }
    let name = engine ?? book.pipelines[operation.pipeline]?.engine ?? .local
    calls[EngineCall(engine: name, verb: operation.verb, code: answer.word), default: 0] += 1
  }

  /// The events that come of one commit.
  mutating func note(_ changes: [StateChange], at now: Timestamp) -> [ControlEvent] {
    let last = events.last
    for change in changes { note(change, at: now) }
    events.complete(after: last) { book.pipelines[$0]?.generation }
    return events.events(after: last, of: nil, limit: .max)
  }

  private mutating func note(_ change: StateChange, at now: Timestamp) {
    switch change {
    case .putPipeline(let record): note(record, at: now)
    case .putRun(let run): note(run, at: now)
    case .dropRun(let run):
      if book.drop(run) { events.append(.runEnded, of: run.pipeline, run: run, "never begun", at: now) }
    case .putRequest(let request): note(request, at: now)
    case .putIntent(let intent): note(intent, at: now)
    case .appendState(let version): note(version, at: now)
    case .putSlot(let slot): note(slot)
    case .putCatalog, .putSchedule, .appendCommit, .bindEnvironment: break
    }
  }

  private mutating func note(_ slot: SlotRecord) {
    let reason: String
    switch slot.outcome {
    case .ran: return
    case .skipped(.policy): reason = "policy"
    case .skipped(.superseded): reason = "superseded"
    case .skipped(.paused): reason = "paused"
    case .skipped(.overlap): reason = "overlap"
    case .skipped(.unscheduled): reason = "unscheduled"
    case .missed(let miss): reason = miss.rawValue
    case .cancelled: reason = "cancelled"
    }
    missedSlots[MissedSlot(pipeline: slot.pipeline, reason: reason), default: 0] += 1
  }

  private mutating func note(_ record: PipelineRecord, at now: Timestamp) {
    let before = book.pipelines[record.name]
    book.put(record)
    let name = record.name
    if before?.generation != record.generation {
      events.append(.pipelineApplied, of: name, "generation \(record.generation)", at: now)
    }
    if before.map({ $0.lifecycle != record.lifecycle }) ?? false {
      switch record.lifecycle {
      case .managed: break
      case .orphaned:
        events.append(.pipelineOrphaned, of: name, "its manifest is gone from \(record.applied.sourceSet)", at: now)
      case .forgotten: events.append(.pipelineForgotten, of: name, "let go", at: now)
      }
    }
    guard before?.override != record.override else { return }
    if let override = record.override {
      let reason = override.reason.map { ": \($0)" } ?? ""
      events.append(
        override.isPaused ? .pipelinePaused : .pipelineResumed, of: name, "by \(override.by)\(reason)", at: now)
    } else {
      events.append(.overrideRemoved, of: name, "what its manifest says holds again", at: now)
    }
  }

  private mutating func note(_ run: RunRecord, at now: Timestamp) {
    let (id, name, status) = (run.id, run.id.pipeline, run.report.status)
    let before = book.active[id]
    let isCounted = book.put(run)
    if isCounted, run.report.conditions.contains(.leftoversEnded) { orphans["left-behind", default: 0] += 1 }
    if isCounted, let outcome = status.outcome {
      let failure =
        if case .failed(let failure) = outcome { ": \(failure.code.rawValue): \(failure.message)" } else { "" }
      return events.append(.runEnded, of: name, run: id, outcome.word + failure, at: now)
    }
    guard before != book.active[id] else { return }
    if case .unconfirmed = status, before.map({ !$0.status.isUnconfirmed }) ?? true {
      orphans["supervisor-gone", default: 0] += 1
    }
    switch status {
    case .starting where before == nil, .active where before == nil:
      events.append(.runOrdered, of: name, run: id, "by \(run.order.trigger.word)", at: now)
    case .stopping(let progress) where !(before?.status.isStopping ?? false):
      events.append(.runStopping, of: name, run: id, progress.kind.rawValue, at: now)
    case .unconfirmed: events.append(.runUnconfirmed, of: name, run: id, "its end is not proven", at: now)
    case .backingOff(let until) where !(before?.status.isBackingOff ?? false):
      events.append(.attemptFailed, of: name, run: id, "\(run.endOfAttempt); the next one begins at \(until)", at: now)
    case .starting, .active, .backingOff, .stopping, .ended: break
    }
  }

  private mutating func note(_ request: RequestRecord, at now: Timestamp) {
    let (name, id) = (request.key.pipeline, request.key.request)
    if let result = request.state.result {
      pendingRequests.remove(request.key)
      return events.append(.requestSettled, of: name, request: id, result.word, at: now)
    }
    guard pendingRequests.insert(request.key).inserted else { return }
    let reason = request.job.reason.map { ": \($0)" } ?? ""
    events.append(.requestRecorded, of: name, request: id, request.job.action.verb + reason, at: now)
  }

  private mutating func note(_ intent: Intent, at now: Timestamp) {
    guard case .uncertain(let words, _) = intent.state else {
      uncertain.remove(intent.id)
      return
    }
    guard uncertain.insert(intent.id).inserted else { return }
    let name = intent.operation.pipeline
    ambiguous[book.pipelines[name]?.engine ?? .local, default: 0] += 1
    events.append(.operationUncertain, of: name, "\(intent.id): \(words)", at: now)
  }

  private mutating func note(_ version: StateVersion, at now: Timestamp) {
    guard case .command(_, let reason) = version.origin else { return }
    events.append(.stateSet, of: version.pipeline, "by hand" + (reason.map { ": \($0)" } ?? ""), at: now)
  }
}

extension RunRecord {
  /// How the attempt ended behind which the run waits for another.
  fileprivate var endOfAttempt: String {
    if let retriedFailure {
      return "attempt \(report.attempt) failed: \(retriedFailure.code.rawValue): \(retriedFailure.message)"
    }
    return "attempt \(report.attempt) \(retryAt == nil ? "failed" : "was lost")"
  }
}

extension RunStatus {
  fileprivate var isBackingOff: Bool {
    if case .backingOff = self { true } else { false }
  }

  fileprivate var isUnconfirmed: Bool {
    if case .unconfirmed = self { true } else { false }
  }

  fileprivate var isStopping: Bool {
    if case .stopping = self { true } else { false }
  }
}

extension RequestResult {
  fileprivate var word: String {
    switch self {
    case .done(let run): "done: \(run)"
    case .alreadyEnded(let run): "\(run) had ended already"
    case .nothingToCancel: "nothing to cancel"
    case .refused: "refused"
    case .superseded(let other): "superseded by \(other)"
    case .expired: "expired"
    }
  }
}

extension OperationAnswer {
  fileprivate var word: String {
    switch self {
    case .done: "ok"
    case .alreadyRunning: "already-running"
    case .occupied: "occupied"
    case .runUnknown: "run-unknown"
    case .wrongStage: "wrong-stage"
    case .refused: "refused"
    case .unavailable: "unavailable"
    case .uncertain: "uncertain"
    }
  }
}

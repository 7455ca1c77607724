import CPosix
import ControlLoop
import ControlServer
import EngineAPI
import PipelineModel
import Reconciler
import StoreAPI

/// How a controller that stays is getting on: told by its loop, shown by its face and in its log.
actor StatusBoard: ServeObserver, ControllerStatusSource {
  private(set) var source: SourceStatus
  /// As the loop knew last.
  private(set) var activeRuns = 0
  private let feed: SourceFeed
  private let telemetry: Telemetry
  private let log: ServeLog
  private let notifier: ServiceNotifier
  private let clock: SystemClock
  private let startedAt: Timestamp
  private var isListening = false
  private var isEnding = false
  private var isAdopted = false
  private var lookedSince: Timestamp?
  private var lastReconcile: ControllerStatus.Reconcile?
  private var nextWake: Timestamp?
  private var reasons: [PipelineName: String] = [:]
  private var loopErrors = 0
  /// Engines that could not be read, and were told of.
  private var silent: Set<EngineName> = []
  /// When the loop began something, or told something, last.
  private var lastSignAt: Timestamp?
  /// Whether the loop waits for something to happen.
  private var standsStill = false
  /// Whether much was looked at since memory was given back.
  private var hasGrown = false

  init(
    source: SourceStatus, feed: SourceFeed, telemetry: Telemetry, log: ServeLog, notifier: ServiceNotifier,
    clock: SystemClock
  ) {
    self.source = source
    self.feed = feed
    self.telemetry = telemetry
    self.log = log
    self.notifier = notifier
    self.clock = clock
    startedAt = clock.now()
    log.follow(source.appliedCommit)
  }

  func listens() {
    isListening = true
    tellReadiness()
  }

  func ends() {
    isEnding = true
    notifier.tell("STOPPING=1")
  }

  /// - Parameter drains: whether runs are waited for.
  func isToEnd(drains: Bool) {
    let isWaiting = drains && activeRuns > 0
    let verb = activeRuns == 1 ? "is" : "are"
    log.say(
      .info,
      isWaiting
        ? "ending when \(counted(activeRuns, "run")) \(verb) over, and starting nothing; a second signal ends at once"
        : "ending")
  }

  /// Tells systemd that all is well; not where the loop has given no sign of life for long.
  func beat() {
    let since = standsStill ? nextWake : lastSignAt
    if since.map({ clock.now() - $0 < Self.patience }) ?? true { notifier.tell("WATCHDOG=1", waits: false) }
  }

  /// Nothing that the loop does between two signs of life takes so long, engines that do not answer included.
  private static let patience = TimeSpan(seconds: 600)

  // MARK: What the loop tells

  func begins(_ effect: ServeEffect) {
    lastSignAt = clock.now()
    switch effect {
    case .wait: standsStill = true
    case .pursue:
      standsStill = false
      lookedSince = lastSignAt
    case .record, .tidy, .report, .finish: standsStill = false
    }
  }

  func note(_ report: LoopReport) {
    lastSignAt = clock.now()
    switch report {
    case .planned: break
    case .executed(let operation, let answer):
      telemetry.note(operation, answer)
      if answer != .done {
        let words = "\(operation.verb) did not go through: \(answer.sentence)"
        say(.warning, words, about: operation.pipeline, operation.effect.run)
      }
    case .executing, .runs, .enginesUnavailable, .waiting: break
    }
  }

  private func say(_ level: ServeLogLine.Level, _ message: String, about pipeline: PipelineName?, _ run: RunID? = nil) {
    log.say(
      level, message, pipeline: pipeline, run: run, generation: pipeline.flatMap { telemetry.generation(of: $0) })
  }

  /// What is true of an engine is told when it becomes so, and not at each look.
  private func note(_ engines: [EngineAvailability]) {
    telemetry.note(engines)
    for engine in engines {
      switch engine.answer {
      case .unavailable:
        if silent.insert(engine.engine).inserted { log.say(.error, engine.sentence + "; what else is due goes on") }
      case .complete:
        if silent.remove(engine.engine) != nil { log.say(.info, engine.sentence + " again") }
      }
    }
  }

  func note(_ report: ServeReport) {
    switch report {
    case .applying(let commit): log.follow(commit)
    case .looked(let scope, let result):
      hasGrown = hasGrown || scope.map { $0 > 500 } ?? true
      note(result, isOfAll: scope == nil)
    case .source(let status): note(status)
    case .standing(let standing):
      nextWake = standing.nextWake
      activeRuns = standing.activeRuns.count
      giveBack()
    case .tidied(let step):
      let runs = step.dropped.reduce(0) { $0 + $1.runs.count }
      log.say(
        .info, "let go of what is kept no longer: \(counted(runs, "run")) of \(counted(step.dropped.count, "pipeline"))"
      )
      for left in step.left {
        say(.warning, "run \(left.run) stays: \(left.reason)", about: left.run.pipeline, left.run)
      }
    case .clockJumped(let span):
      telemetry.noteClockJump(by: span)
      let (way, size) = span.milliseconds > 0 ? ("ahead", span) : ("back", TimeSpan(milliseconds: -span.milliseconds))
      log.say(.warning, "the time of day jumped \(way) by \(size), or the machine slept; everything is looked at anew")
    case .trouble(let error):
      loopErrors += 1
      log.say(.error, error.sentence)
    }
  }

  private func note(_ result: LoopResult, isOfAll: Bool) {
    let now = clock.now()
    let took = lookedSince.map { now - $0 } ?? TimeSpan(milliseconds: 0)
    lookedSince = nil
    let word = result.outcome.word
    telemetry.noteReconcile(took: took, result: word)
    lastReconcile = ControllerStatus.Reconcile(endedAt: now, took: took, result: word)
    if let standing = result.standing {
      note(standing.engines)
      if isOfAll { reasons = [:] }
      telemetry.note(standing.decisions, ofAll: isOfAll)
      for decision in standing.decisions { reasons[decision.pipeline] = decision.reason.word }
    }
    if isOfAll, result.standing != nil, !isAdopted {
      isAdopted = true
      activeRuns = result.standing?.activeRuns.count ?? 0
      log.say(.info, "took over \(counted(reasons.count, "pipeline")) and \(counted(activeRuns, "active run"))")
      tellReadiness()
    }
    for warning in result.firstPlan?.warnings ?? [] { say(.warning, warning.sentence, about: warning.pipeline) }
    for fault in result.heldBack {
      loopErrors += 1
      say(
        .error, "this is a fault of pipectl's own, and nothing is done about the pipeline: \(fault); please report it",
        about: fault.pipeline)
    }
    switch result.outcome {
    case .done, .alreadyApplied, .interrupted, .consentNeeded, .followed: break
    case .enginesUnavailable: loopErrors += 1
    case .savedPlanOutdated, .environmentMismatch, .notManaged, .lockHeld, .storeFailed, .pending, .notConverging,
      .lawBroken:
      loopErrors += 1
      log.say(.error, result.outcome.sentence)
    }
  }

  private func note(_ status: SourceStatus) {
    let before = source
    source = status
    source.latest = status.latest?.withoutOperations
    feed.note(applied: status.appliedCommit)
    log.follow(status.appliedCommit)
    // What is wrong with a commit is told of as its result.
    let isNew = source.latest != before.latest
    if let trouble = status.trouble, trouble != before.trouble, trouble.reason != .rejected || !isNew {
      log.say(.error, "the manifests are not followed (\(trouble.reason.rawValue)): \(trouble.message)")
    }
    if status.trouble == nil, let trouble = before.trouble {
      log.say(.info, "the manifests are followed again, after \(trouble.reason.rawValue)")
    }
    guard let latest = status.latest, isNew else { return }
    hasGrown = true
    switch latest.result {
    case .applied(let operations):
      log.say(.info, "applied: \(counted(operations.count, "operation"))", commit: latest.commit)
    case .nothingToDo: log.say(.info, "nothing to do", commit: latest.commit)
    case .rejected(let mistakes):
      for mistake in mistakes { log.say(.error, "rejected: \(mistake)", commit: latest.commit) }
    }
  }

  /// A look at everything needs memory for a moment, which the allocator would keep for the rest of a quiet life.
  private func giveBack() {
    guard hasGrown else { return }
    hasGrown = false
    cposix_return_memory()
  }

  private func tellReadiness() {
    guard isListening && isAdopted else { return }
    log.say(.info, "ready")
    notifier.tell("READY=1\nSTATUS=following \(source.source)")
  }

  // MARK: What is shown

  func status() -> ControllerStatus {
    var status = ControllerStatus(startedAt: startedAt)
    status.checks = [
      ControllerStatus.Check("store"),
      ControllerStatus.Check("adopted", problem: isAdopted ? nil : "what is recorded was not looked at yet"),
      sourceCheck,
      ControllerStatus.Check("running", problem: isEnding ? "it is ending" : nil),
    ]
    status.source = ControllerStatus.Source(
      sets: [source.source], commit: source.appliedCommit, readAt: source.readAt, result: source.latest?.result.word,
      conditions: [followed])
    status.lastReconcile = lastReconcile
    status.nextWake = nextWake
    status.decisions = Dictionary(grouping: reasons.values, by: { $0 }).sorted { $0.key < $1.key }
      .map { ControllerStatus.DecisionCount($0.key, $0.value.count) }
    status.loopErrors = loopErrors
    return status
  }

  /// What cannot be followed makes nobody unready where there is something to go on with.
  private var sourceCheck: ControllerStatus.Check {
    guard let commit = source.appliedCommit else {
      return ControllerStatus.Check("source", problem: source.trouble?.message ?? "not read yet")
    }
    let remark = source.trouble.map {
      "but not followed (\($0.reason.rawValue)): \($0.message); what was applied before goes on, \(commit)"
    }
    return ControllerStatus.Check("source", remark: remark)
  }

  private var followed: ControllerStatus.Condition {
    guard let trouble = source.trouble else {
      return ControllerStatus.Condition(
        type: "Followed", status: "True", reason: source.latest?.result.word ?? "Waiting", message: "",
        since: source.latest?.readAt ?? startedAt)
    }
    return ControllerStatus.Condition(
      type: "Followed", status: "False", reason: trouble.reason.rawValue, message: trouble.message, since: trouble.since
    )
  }
}

extension CommitResult {
  /// As conditions name reasons.
  var word: String {
    switch self {
    case .applied: "Applied"
    case .nothingToDo: "NothingToDo"
    case .rejected: "Rejected"
    }
  }
}

import ControlLoop
import ControlServer
import EngineAPI
import PipelineModel
import Reconciler
import StoreAPI

/// How a controller that stays is getting on: told by its loop, shown by its face and in its log.
actor StatusBoard: ServeObserver, ControllerStatusSource {
  private(set) var source: SourceStatus
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

  // MARK: What the loop tells

  func note(_ report: LoopReport) {
    switch report {
    case .planned: lookedSince = clock.now()
    case .executed(let operation, let answer):
      if answer != .done {
        log.say(.warning, "\(operation.verb) did not go through: \(answer.sentence)", pipeline: operation.pipeline)
      }
    case .enginesUnavailable(let engines): for engine in engines { log.say(.warning, engine.sentence) }
    case .executing, .runs, .waiting: break
    }
  }

  func note(_ report: ServeReport) {
    notifier.tell("WATCHDOG=1")
    switch report {
    case .looked(let scope, let result): note(result, isOfAll: scope == nil)
    case .source(let status): note(status)
    case .standing(let standing): nextWake = standing.nextWake
    case .tidied(let step):
      let runs = step.dropped.reduce(0) { $0 + $1.runs.count }
      log.say(.info, "let go of what is kept no longer: \(runs) runs of \(step.dropped.count) pipelines")
      for left in step.left { log.say(.warning, "run \(left.run) stays: \(left.reason)", pipeline: left.run.pipeline) }
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
      telemetry.note(standing.unavailable)
      if isOfAll { reasons = [:] }
      for decision in standing.decisions { reasons[decision.pipeline] = decision.reason.word }
    }
    if isOfAll, result.standing != nil, !isAdopted {
      isAdopted = true
      log.say(.info, "took over \(reasons.count) pipelines and \(result.standing?.activeRuns.count ?? 0) active runs")
      tellReadiness()
    }
    switch result.outcome {
    case .done, .alreadyApplied, .interrupted, .consentNeeded, .followed: break
    case .savedPlanOutdated, .environmentMismatch, .notManaged, .lockHeld, .storeFailed, .enginesUnavailable, .pending,
      .notConverging, .lawBroken:
      loopErrors += 1
      log.say(.error, result.outcome.sentence)
    }
  }

  private func note(_ status: SourceStatus) {
    let before = source
    source = status
    feed.note(applied: status.appliedCommit)
    log.follow(status.appliedCommit)
    if let trouble = status.trouble, trouble != before.trouble {
      log.say(.error, "the manifests are not followed (\(trouble.reason.rawValue)): \(trouble.message)")
    }
    if status.trouble == nil, let trouble = before.trouble {
      log.say(.info, "the manifests are followed again, after \(trouble.reason.rawValue)")
    }
    guard let latest = status.latest, latest != before.latest else { return }
    switch latest.result {
    case .applied(let operations): log.say(.info, "applied: \(operations.count) operations", commit: latest.commit)
    case .nothingToDo: log.say(.info, "nothing to do", commit: latest.commit)
    case .rejected(let mistakes):
      for mistake in mistakes { log.say(.error, "rejected: \(mistake)", commit: latest.commit) }
    }
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
      ControllerStatus.Check(
        "source", problem: source.appliedCommit == nil ? source.trouble?.message ?? "not read yet" : nil),
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

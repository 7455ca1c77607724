import PipelineModel

/// All that is known of one pipeline at an instant; what views are made from.
struct PipelineFacts {
  var record: PipelineRecord
  var activeRun: RunRecord?
  /// The latest run that is over.
  var lastEnded: RunRecord?
  /// Newest first.
  var requests: [RequestRecord] = []
  var openIntent: Intent?
  /// Why its engine could not be read; absent where it answered.
  var unavailable: String?
  /// Absent without slots, and while it is paused without an end.
  var nextSlot: SlotView?
  var slots = ScheduleFacts()
  /// The planner's own reason.
  var decision: Reason?
  var now: Timestamp
  /// When its engine was looked at without recording anything; absent where what is told is recorded.
  var lookedAt: Timestamp?

  var pause: PauseDetails? { record.pause(at: now) }

  /// A pause or resume by command that holds.
  var override: PauseOverride? {
    record.isOverridden(at: now) ? record.override : nil
  }

  /// When a pause ended that is still written down, in the manifest or by a command.
  var overdueSince: Timestamp? {
    if let override = record.override { return override.until.flatMap { $0 <= now ? $0 : nil } }
    guard case .paused(let details) = record.applied.spec.paused else { return nil }
    return details.until.flatMap { $0 <= now ? $0 : nil }
  }

  /// What the manifest says of pausing, for a person.
  var declaredPause: String {
    switch record.applied.spec.paused {
    case .unmanaged: "its manifest says nothing of it" + pauseAtEngine
    case .active: "its manifest says not paused"
    case .paused(let details):
      "its manifest says paused" + PauseDetails(reason: details.reason, by: details.by, until: details.until).suffix
    }
  }

  /// How its engine has it where nobody declares a pause, and how that changes when an override ends.
  private var pauseAtEngine: String {
    guard let held = record.held, held.definition.schedule != .untold else { return "" }
    let isPaused = held.definition.isPaused
    let (now, then) = (pauseWord(isPaused), pauseWord(held.pauseBefore ?? isPaused))
    let engine = "engine `\(record.applied.spec.engine.name)`"
    if override != nil { return ", so afterwards it is \(then) at \(engine)" }
    return ", and \(engine) has it \(now)"
      + (now == then ? "" : "; the next `pipectl apply` or a controller has it \(then) again")
  }

  var pending: [RequestRecord] {
    requests.filter { request in
      if case .pending = request.state { true } else { false }
    }
  }

  /// What a request that waits comes to, and nobody agreed to: a controller asks nobody, and leaves it waiting.
  func unagreed(_ request: RequestRecord) -> [Consent] {
    guard case .pending = request.state else { return [] }
    return request.missing(record.applied.spec.allow).filter { $0 != .cancel || activeRun != nil }
  }

  /// How somebody agrees to a request that is recorded: the same command once more, with a word of consent.
  func agreement(to request: RequestRecord) -> String {
    let flags = (["--yes"] + unagreed(request).compactMap(\.flag)).joined(separator: " ")
    let asking =
      switch request.job.action {
      case .start(let options):
        "start \(record.name)" + (options.dropDestinationFirst ? " --drop-destination-first" : "")
          + (options.ifRunning == .replace ? " --if-running replace" : "")
      case .cancel: "stop \(record.name)"
      case .complete: "complete \(record.name)"
      }
    let manifest = unagreed(request) == [.rewrite] ? "; so does `allow: [rewrite]` in the manifest" : ""
    return "`pipectl \(asking) --request \(request.key.request) \(flags)` agrees to it\(manifest)"
  }

  /// In a word, what goes on.
  var phase: String {
    if let activeRun { return activeRun.report.status.word }
    switch record.lifecycle {
    case .forgotten: return "forgotten"
    case .orphaned: return "orphaned"
    case .managed: break
    }
    if !pending.isEmpty { return "pending" }
    return pause == nil ? "idle" : "paused"
  }
}

/// `paused`, `not paused`.
func pauseWord(_ isPaused: Bool) -> String { isPaused ? "paused" : "not paused" }

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

  var pause: PauseDetails? { record.pause(at: now) }

  /// A pause or resume by command that holds.
  var override: PauseOverride? {
    record.override.flatMap { record.isInForce($0, at: now) ? $0 : nil }
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
    case .unmanaged: "its manifest says nothing of it"
    case .active: "its manifest says not paused"
    case .paused(let details):
      "its manifest says paused" + PauseDetails(reason: details.reason, by: details.by, until: details.until).suffix
    }
  }

  var pending: [RequestRecord] {
    requests.filter { request in
      if case .pending = request.state { true } else { false }
    }
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

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
  var now: Timestamp

  var pause: PauseDetails? { record.pause(at: now) }

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

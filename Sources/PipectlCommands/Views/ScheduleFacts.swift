import PipelineModel

/// How the slots of a pipeline stand.
struct ScheduleFacts {
  /// Up to where every slot has its outcome, or waits; absent before the first was decided.
  var settledUntil: Timestamp?
  /// Oldest first.
  var waiting: [Timestamp] = []
  /// Newest first.
  var latest: [SlotRecord] = []
  /// How many slots have come and are not decided, at most a thousand.
  var undecided = 0
  /// The controller that serves the folder; absent where none does.
  var controller: String?
  var clock: SlotClock?
}

extension PipelineView {
  struct ScheduleStatus: Encodable {
    /// Whether a controller is there that starts slots.
    var served: Bool
    var next: String?
    /// Slots that are to run and could not yet, oldest first.
    var waiting: [String]
    /// Every slot up to and including this instant has its outcome, or waits.
    var settledUntil: String?
    /// How many slots have come since then.
    var undecided: Int
    var lastSlot: SlotOutcomeView?
  }
}

extension PipelineFacts {
  /// Absent without a schedule.
  var scheduleStatus: PipelineView.ScheduleStatus? {
    guard record.applied.spec.schedule.slots != nil else { return nil }
    return PipelineView.ScheduleStatus(
      served: slots.controller != nil, next: nextSlot?.at, waiting: slots.waiting.map(\.description),
      settledUntil: slots.settledUntil?.description, undecided: slots.undecided,
      lastSlot: slots.clock.flatMap { clock in slots.latest.first.map { SlotOutcomeView($0, of: record, clock) } })
  }
}

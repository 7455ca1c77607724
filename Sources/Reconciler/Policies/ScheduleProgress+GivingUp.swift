internal import PipelineModel

extension ScheduleProgress {
  /// Settles every slot that waits with the same outcome; nothing where none does.
  func givingUp(_ outcome: SlotOutcome, at now: Timestamp) -> [StateChange] {
    guard !waiting.isEmpty else { return [] }
    var next = self
    next.waiting = []
    let records = waiting.map {
      StateChange.putSlot(SlotRecord(pipeline: pipeline, instant: $0, outcome: outcome, decidedAt: now))
    }
    return records + [.putSchedule(next)]
  }
}

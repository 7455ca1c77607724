import PipelineModel

/// What a cancelled run leaves behind, and when the next one comes.
struct CancelAftermath {
  var run: RunID
  /// What stays of its work, one sentence each.
  var stays: [String]
  /// Slots that waited behind the run, and were cancelled with it.
  var cancelledSlots: [Timestamp]
  /// The next slot that is to start a run.
  var next: Timestamp?
  var pause: PauseDetails?
  var clock: SlotClock

  /// For a person.
  var lines: [String] {
    var lines = stays
    if !cancelledSlots.isEmpty {
      let slots = cancelledSlots.count == 1 ? "Slot" : "Slots"
      lines.append("\(slots) \(listed(cancelledSlots.map(\.description))), waiting behind it, cancelled with it.")
    }
    if let next {
      let paused = pause.map { ", for it is paused\($0.suffix)" } ?? ""
      lines.append(
        "Next slot: \(clock.view(next, of: run.pipeline).text), \(relativeText(next, clock.now))\(paused); the schedule is untouched."
      )
    } else if let pause {
      lines.append("No slot starts a run: it is paused\(pause.suffix).")
    }
    return lines
  }
}

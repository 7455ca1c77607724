import PipelineModel
import Scheduling

/// The next slots of a schedule.
struct SlotListView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "SlotList"
  var pipeline: String
  /// `0 6 * * * Europe/Berlin`, `every 30m`.
  var schedule: String
  var timeZone: String
  /// No slot starts a run: why.
  var paused: String?
  var slots: [Item]

  struct Item: Codable {
    var at: String
    /// On the clock of the schedule's zone.
    var local: String
    /// Of the zone at that instant: `+02:00`.
    var offset: String
    /// What a change of the clocks did to the slot.
    var mark: String?
    /// What became of the slot, or why it does not start.
    var note: String?
  }
}

extension SlotListView {
  init(
    _ pipeline: PipelineName, _ schedule: Schedule, zone: ZoneRules, after now: Timestamp, count: Int,
    note: (Timestamp) -> String? = { _ in nil }
  ) {
    let sequence = SlotSequence(of: schedule, in: zone)
    var items: [Item] = []
    var cursor = now
    while items.count < count, let slot = sequence.next(after: cursor) {
      var item = Item(slot, zone)
      item.note = note(slot.instant)
      items.append(item)
      cursor = slot.instant
    }
    self.init(
      pipeline: pipeline.text, schedule: SpecView.ScheduleView(schedule).sentence, timeZone: zone.name, slots: items)
  }

  func text(now: Timestamp, paint: Paint) -> String {
    var lines = [paint.bold("Slots of \(pipeline)") + "  \(schedule)"]
    if let paused { lines.append("  " + paint.warning(paused)) }
    guard !slots.isEmpty else { return (lines + ["  It never comes again."]).joined(separator: "\n") + "\n" }
    let isUTC = timeZone == "UTC"
    var table = Table(isUTC ? ["UTC", "WHEN", "NOTE"] : ["UTC", timeZone, "OFFSET", "WHEN", "NOTE"])
    for slot in slots {
      let wait = Timestamp(rfc3339: slot.at).map { relativeText($0, now) } ?? ""
      let local = isUTC ? [] : [slot.local, slot.offset]
      table.add([slot.at] + local + [wait, [slot.mark, slot.note].compactMap(\.self).joined(separator: "; ")])
    }
    lines += table.lines(indent: "  ", paint: paint)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension SlotListView.Item {
  init(_ slot: Slot, _ zone: ZoneRules) {
    self.init(
      at: slot.instant.description, local: zone.civilTime(at: slot.instant).clockText,
      offset: offsetText(zone.offset(at: slot.instant)), mark: slot.mark?.sentence)
  }
}

extension SlotMark {
  fileprivate var sentence: String {
    switch self {
    case .shifted(let civil): "shifted from \(civil.clockText), which the clocks jump over"
    case .firstOfFold: "the first of two such times: the clocks are set back"
    case .secondOfFold: "the second of two such times: the clocks were set back"
    }
  }
}

/// `+02:00`.
private func offsetText(_ seconds: Int) -> String {
  let minutes = seconds.magnitude / 60
  func two(_ number: UInt) -> String { (number < 10 ? "0" : "") + String(number) }
  return (seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
}

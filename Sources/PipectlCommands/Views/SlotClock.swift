import ControlLoop
import PipelineModel
import Scheduling

/// Tells slots in the zones of their schedules.
struct SlotClock {
  /// Sorted by name.
  private let desired: [DesiredPipeline]
  /// Of the others.
  private let stored: StoredState?
  private let zones: ZoneTable
  let now: Timestamp

  /// - Parameter pipelines: sorted by name.
  init(_ pipelines: [DesiredPipeline], now: Timestamp) {
    self.init(pipelines, stored: nil, zones: zoneTable(for: pipelines), now: now)
  }

  /// Of what is desired, and else of what is recorded.
  init(_ preview: Preview, desired: DesiredState, now: Timestamp) {
    self.init(desired.pipelines, stored: preview.stored, zones: desired.zones, now: now)
  }

  private init(_ desired: [DesiredPipeline], stored: StoredState?, zones: ZoneTable, now: Timestamp) {
    self.desired = desired
    self.stored = stored
    self.zones = zones
    self.now = now
  }

  private func schedule(of pipeline: PipelineName) -> ScheduleSetting? {
    let wanted = desired.found(pipeline, by: \.name)?.spec.schedule
    if case .slots = wanted { return wanted }
    return stored?.pipeline(pipeline)?.applied.spec.schedule
  }

  private func zone(_ name: String) -> ZoneRules? {
    zones[name] ?? zoneTable(of: [name])[name]
  }

  func view(_ instant: Timestamp, of pipeline: PipelineName) -> SlotView {
    guard let zone = schedule(of: pipeline)?.timeZone.flatMap(zone), zone.name != "UTC" else {
      return SlotView(at: instant.description, local: nil, timeZone: "UTC")
    }
    let civil = zone.civilTime(at: instant)
    return SlotView(at: instant.description, local: civil.clockText, timeZone: zone.name)
  }

  /// The next slot that is to start a run; absent without a schedule, where it has none, while it is paused without an end, and where the engine
  /// starts runs by a schedule of its own.
  func next(of pipeline: PipelineRecord) -> Timestamp? {
    guard !pipeline.applied.spec.work.isRemote, let schedule = schedule(of: pipeline.name)?.slots,
      let zone = zone(schedule.timeZone)
    else { return nil }
    guard let pause = pipeline.pause(at: now) else { return nextSlot(after: now, of: schedule, in: zone)?.instant }
    guard let until = pause.until else { return nil }
    return nextSlot(after: Timestamp(milliseconds: until.milliseconds - 1), of: schedule, in: zone)?.instant
  }

  /// How many slots there are after one instant, up to and including another; absent without a schedule, and from `limit` on.
  func count(
    after since: Timestamp, through end: Timestamp, of pipeline: PipelineName, limit: Int = 10_000
  ) -> Int? {
    guard let schedule = schedule(of: pipeline)?.slots, let zone = zone(schedule.timeZone) else { return nil }
    let millisecond = TimeSpan(milliseconds: 1)
    let found = slots(of: schedule, in: zone, from: since + millisecond, to: end + millisecond, limit: limit).count
    return found < limit ? found : nil
  }
}

/// An instant of a schedule, in UTC and on the clock of its zone.
struct SlotView: Codable {
  var at: String
  /// Absent where the zone is UTC.
  var local: String?
  var timeZone: String

  /// `2026-11-22T05:00:00Z (2026-11-22 06:00 Europe/Berlin)`.
  var text: String { local.map { "\(at) (\($0) \(timeZone))" } ?? at }
}

extension CivilTime {
  /// `2026-11-22 06:00`, with seconds only where there are some.
  var clockText: String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let time = two(hour) + ":" + two(minute) + (second == 0 ? "" : ":" + two(second))
    return "\(year)-\(two(month))-\(two(day)) \(time)"
  }
}

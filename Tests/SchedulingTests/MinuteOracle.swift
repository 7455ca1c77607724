import PipelineModel
import Scheduling

/// Finds slots the slow way, knowing nothing of how the real search works: it looks at every minute of a stretch of time, asks what the clock
/// shows, and matches that field by field.
struct MinuteOracle {
  /// The first minute looked at, in seconds since 1970.
  private let start: Int64
  /// What the clock shows at each minute, in seconds since 1970-01-01T00:00:00.
  private let walls: [Int64]
  private let clocks: [Clock]
  /// How often each wall time is shown, from `lowest` on, minute by minute.
  private let shown: [UInt8]
  private let lowest: Int64

  private struct Clock {
    let minute: Int, hour: Int, day: Int, month: Int, weekday: Int, daysLeft: Int
  }

  /// Looks a day further than asked to either side, to see which wall times come twice.
  init(from start: Int64, to end: Int64, offset: (Int64) -> Int) {
    let first = start - 2 * 86_400
    self.start = first
    let walls = stride(from: first, to: end + 2 * 86_400, by: 60).map { $0 + Int64(offset($0)) }
    let lowest = walls.min() ?? 0
    var shown = [UInt8](repeating: 0, count: Int(((walls.max() ?? 0) - lowest) / 60) + 1)
    for wall in walls { shown[Int((wall - lowest) / 60)] += 1 }
    self.walls = walls
    self.lowest = lowest
    self.shown = shown
    clocks = walls.map(Self.clock)
  }

  func slots(of fields: OracleFields, policy: TransitionPolicy, from: Int64, to: Int64) -> [Slot] {
    var marks: [Int64: SlotMark?] = [:]
    var seen = [UInt8](repeating: 0, count: shown.count)
    for (index, wall) in walls.enumerated() {
      let instant = start + Int64(index) * 60
      let place = Int((wall - lowest) / 60)
      seen[place] += 1
      if policy.gap == .shift, index > 0, wall > walls[index - 1] + 60 {
        jump(from: walls[index - 1] + 60, to: wall, at: instant, fields, into: &marks)
      }
      guard matches(clocks[index], fields) else { continue }
      let isFirst = seen[place] == 1
      let isLast = seen[place] == shown[place]
      if isFirst && isLast {
        marks[instant] = .some(nil)
      } else if fields.anyHour || policy.fold == .both || (policy.fold == .first ? isFirst : isLast) {
        marks[instant] = isFirst ? .firstOfFold : .secondOfFold
      }
    }
    return marks.filter { $0.key >= from && $0.key < to }.sorted { $0.key < $1.key }
      .map { Slot(instant: Timestamp(seconds: $0.key), mark: $0.value) }
  }

  /// A minute that is shown overwrites what is put here, for it comes later in the walk.
  private func jump(
    from first: Int64, to end: Int64, at instant: Int64, _ fields: OracleFields, into marks: inout [Int64: SlotMark?]
  ) {
    for wall in stride(from: first, to: end, by: 60)
    where shown[Int((wall - lowest) / 60)] == 0 && matches(Self.clock(wall), fields) {
      let target = fields.anyHour ? instant + (wall - first) : instant
      if marks[target] == nil { marks[target] = .shifted(from: CivilTime(secondsSinceEpoch: wall)) }
    }
  }

  private static func clock(_ wall: Int64) -> Clock {
    let civil = CivilTime(secondsSinceEpoch: wall)
    return Clock(
      minute: civil.minute, hour: civil.hour, day: civil.day, month: civil.month, weekday: civil.weekday,
      daysLeft: CivilTime.days(inMonth: civil.month, of: civil.year) - civil.day)
  }

  private func matches(_ clock: Clock, _ fields: OracleFields) -> Bool {
    guard fields.minutes[clock.minute], fields.hours[clock.hour], fields.months[clock.month] else { return false }
    let day = fields.days[clock.day] || fields.hasLastDay && clock.daysLeft == 0
    let weekday =
      fields.weekdays[clock.weekday]
      || fields.places.contains { place in
        place.weekday == clock.weekday
          && (place.place == 0 ? clock.daysLeft < 7 : (clock.day - 1) / 7 + 1 == place.place)
      }
    return fields.anyDay || fields.anyWeekday ? day && weekday : day || weekday
  }
}

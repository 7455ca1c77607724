import PipelineModel
import Scheduling

/// Finds slots the slow way, knowing nothing of how the real search works: it looks at every minute of a stretch of time, asks what the clock
/// shows, and matches that field by field.
struct MinuteOracle {
  /// The wall times that the clock jumps over, each jump with what is shown after it.
  private let jumps: [(over: Range<Int64>, to: Look)]
  /// The looks at which the clock shows a whole minute, by the minute of the hour it shows.
  private let byMinute: [[Look]]
  /// How often each wall time is shown, from `lowest` on, step by step.
  private let shown: [UInt8]
  private let lowest: Int64
  /// A minute; less where an offset is no whole minute.
  private let step: Int64

  private struct Look {
    let instant: Int64
    /// What the clock shows, in seconds since 1970-01-01T00:00:00.
    let wall: Int64
    let clock: Clock
    /// Which of the times that the clock shows this it is, from 1 on.
    let turn: UInt8
  }

  private struct Clock {
    let minute: Int, hour: Int, day: Int, month: Int, weekday: Int, daysLeft: Int
  }

  /// Looks two days further than asked to either side, to see which wall times come twice.
  init(from start: Int64, to end: Int64, step: Int64 = 60, offset: (Int64) -> Int) {
    let instants = Array(stride(from: start - 2 * 86_400, to: end + 2 * 86_400, by: Int64.Stride(step)))
    let walls = instants.map { $0 + Int64(offset($0)) }
    let lowest = walls.min() ?? 0
    var shown = [UInt8](repeating: 0, count: Int(((walls.max() ?? 0) - lowest) / step) + 1)
    var jumps: [(over: Range<Int64>, to: Look)] = []
    var byMinute = [[Look]](repeating: [], count: 60)
    var next = walls.first ?? 0
    for (index, wall) in walls.enumerated() {
      let place = Int((wall - lowest) / step)
      shown[place] += 1
      let look = Look(instant: instants[index], wall: wall, clock: Self.clock(wall), turn: shown[place])
      if wall > next { jumps.append((next..<wall, look)) }
      if wall % 60 == 0 { byMinute[look.clock.minute].append(look) }
      next = wall + step
    }
    self.jumps = jumps
    self.byMinute = byMinute
    self.lowest = lowest
    self.shown = shown
    self.step = step
  }

  func slots(of fields: OracleFields, policy: TransitionPolicy, from: Int64, to: Int64) -> [Slot] {
    var marks: [Int64: SlotMark?] = policy.gap == .shift ? shifted(fields) : [:]
    for minute in 0..<60 where fields.minutes[minute] {
      for look in byMinute[minute] where matches(look.clock, fields) {
        let isFirst = look.turn == 1
        let isLast = look.turn == times(look.wall)
        if isFirst && isLast {
          marks[look.instant] = .some(nil)
        } else if fields.anyHour || policy.fold == .both || (policy.fold == .first ? isFirst : isLast) {
          marks[look.instant] = isFirst ? .firstOfFold : .secondOfFold
        }
      }
    }
    return marks.filter { $0.key >= from && $0.key < to }.sorted { $0.key < $1.key }
      .map { Slot(instant: Timestamp(seconds: $0.key), mark: $0.value) }
  }

  /// Slots for the wall times that the clock jumps over; one that is shown at the same instant takes its place.
  private func shifted(_ fields: OracleFields) -> [Int64: SlotMark?] {
    var marks: [Int64: SlotMark?] = [:]
    for (over, after) in jumps {
      for wall in stride(from: over.lowerBound, to: over.upperBound, by: Int64.Stride(step))
      where wall % 60 == 0 && times(wall) == 0 && matches(Self.clock(wall), fields) {
        let target = fields.anyHour ? after.instant + (wall - over.lowerBound) : after.instant
        if marks[target] == nil { marks[target] = .shifted(from: CivilTime(secondsSinceEpoch: wall)) }
      }
    }
    return marks
  }

  /// How often the clock shows a wall time.
  private func times(_ wall: Int64) -> UInt8 { shown[Int((wall - lowest) / step)] }

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

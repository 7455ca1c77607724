import PipelineModel

extension CronExpression {
  /// Whether any month of the expression has one of its days.
  var everComes: Bool {
    (1...12).contains { month in
      guard months.contains(month) else { return false }
      return [2000, 2001].contains { year in
        let length = CivilTime.days(inMonth: month, of: year)
        return (0..<7).contains { days(inMonthOf: length, beginningOn: $0) != 0 }
      }
    }
  }

  /// The days that match in a month of that length, bit n for the n-th.
  ///
  /// - Parameter weekday: of the first day; 0 is Sunday.
  func days(inMonthOf length: Int, beginningOn weekday: Int) -> UInt64 {
    let all = (UInt64(1) << UInt64(length + 1)) - 2
    let last = days.contains(Self.lastDay) ? UInt64(1) << UInt64(length) : 0
    let byDay = days | last
    let every = weekdays & 0x7F
    let turned = ((every << 7 | every) >> UInt64(weekday)) & 0x7F
    var byWeekday = (turned | turned << 7 | turned << 14 | turned << 21 | turned << 28) << 1
    for place in 1...5 { byWeekday |= week(at: place, beginningOn: weekday, of: 7 * place - 6...7 * place) }
    byWeekday |= week(at: Self.lastPlace, beginningOn: weekday, of: length - 6...length)
    let either = restrictsDays && restrictsWeekdays
    return all & (either ? byDay | byWeekday : byDay & byWeekday)
  }

  /// The days of a stretch whose weekday is named for that place in the month.
  private func week(at place: Int, beginningOn weekday: Int, of days: ClosedRange<Int>) -> UInt64 {
    let named = weekdays >> UInt64(8 * place) & 0x7F
    guard named != 0 else { return 0 }
    return days.reduce(0) { found, day in
      named.contains((weekday + day - 1) % 7) ? found | 1 << UInt64(day) : found
    }
  }

  /// The bit of `days` for the last day of a month.
  static let lastDay = 32
  /// The place of the last weekday of its kind in a month.
  static let lastPlace = 6

  /// Whether the hour field starts with `*`: such a job runs every so often, not at a time of day.
  var followsElapsedTime: Bool {
    let words = text.utf8.split { $0 == 32 || (9...13).contains($0) }
    guard words.count == 1, let macro = words.first else { return words.dropFirst().first?.first == UInt8(ascii: "*") }
    return String(Substring(macro)).lowercased() == "@hourly"
  }
}

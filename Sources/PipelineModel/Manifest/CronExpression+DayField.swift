extension CronExpression {
  /// What the days of a schedule are where one of the two day fields says them all.
  public enum DayField: Hashable, Sendable {
    case everyDay
    /// Bit n stands for the day n.
    case days(UInt64)
    /// 0...6, Sunday is 0.
    case weekdays(UInt64)
    case lastDay
    /// A weekday and its place in the month, 1...5; absent: the last one.
    case weekday(Int, place: Int?)
  }

  /// Nil where it takes both fields, or where a place in the month (`L`, `5L`, `5#2`) stands beside other days.
  public var dayField: DayField? {
    if hasEveryDay && hasEveryWeekday { return .everyDay }
    // Either field is enough for a day to match, also one that has them all.
    guard !(restrictsDays && restrictsWeekdays) else { return nil }
    if hasEveryWeekday {
      return days == 1 << Self.lastDayBit ? .lastDay : days >> Self.lastDayBit == 0 ? .days(days) : nil
    }
    guard hasEveryDay else { return nil }
    if weekdays >> 7 == 0 { return .weekdays(weekdays) }
    guard weekdays.nonzeroBitCount == 1 else { return nil }
    let bit = weekdays.trailingZeroBitCount
    return .weekday(bit % 8, place: bit / 8 == Self.lastPlaceByte ? nil : bit / 8)
  }

  private static let lastDayBit: UInt64 = 32
  private static let lastPlaceByte = 6
}

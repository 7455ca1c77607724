/// A five-field cron expression, parsed; bit n of a set stands for the value n.
public struct CronExpression: Hashable, Codable, Sendable {
  /// As written.
  public let text: String
  /// 0...59.
  public let minutes: UInt64
  /// 0...23.
  public let hours: UInt64
  /// 1...31, and 32 for the last day of the month, whichever it is.
  public let days: UInt64
  /// 1...12.
  public let months: UInt64
  /// 0...6, Sunday is 0, for each week; 8 more for each place in the month (1...5), and 48...54 for the last one.
  public let weekdays: UInt64
  /// False where the day-of-month field starts with `*`.
  public let restrictsDays: Bool
  /// False where the day-of-week field starts with `*`. When both are restricted, a day that matches either counts (POSIX).
  public let restrictsWeekdays: Bool

  public init(
    text: String, minutes: UInt64, hours: UInt64, days: UInt64, months: UInt64, weekdays: UInt64, restrictsDays: Bool,
    restrictsWeekdays: Bool
  ) {
    self.text = text
    self.minutes = minutes
    self.hours = hours
    self.days = days
    self.months = months
    self.weekdays = weekdays
    self.restrictsDays = restrictsDays
    self.restrictsWeekdays = restrictsWeekdays
  }

  /// Whether every day of the month is one of its days.
  public var hasEveryDay: Bool { days == 0xFFFF_FFFE }
  public var hasEveryWeekday: Bool { weekdays == 0x7F }

  /// Whether it has the same instants, however it is written.
  public func means(_ other: CronExpression) -> Bool {
    guard minutes == other.minutes, hours == other.hours, days == other.days, months == other.months,
      weekdays == other.weekdays
    else { return false }
    let countsEither = restrictsDays && restrictsWeekdays
    return hasEveryDay && hasEveryWeekday || countsEither == (other.restrictsDays && other.restrictsWeekdays)
  }
}

public import PipelineModel

/// A cron expression as Stitch writes it: Quartz, with a field of seconds, and a question mark for one of the two day fields.
public struct QuartzExpression: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nil where both day fields leave days out: Quartz has only one of them.
  public init?(_ cron: CronExpression) {
    guard cron.hasEveryDay || cron.hasEveryWeekday else { return nil }
    let days = cron.hasEveryWeekday ? CronExpression.field(cron.days, 1...31) : "?"
    let weekdays = cron.hasEveryWeekday ? "?" : Self.weekdays(cron.weekdays)
    let fields = [
      "0", CronExpression.field(cron.minutes, 0...59), CronExpression.field(cron.hours, 0...23), days,
      CronExpression.field(cron.months, 1...12),
      weekdays,
    ]
    description = fields.joined(separator: " ")
  }

  /// By their names: Quartz counts them from 1.
  private static func weekdays(_ set: UInt64) -> String {
    let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    return names.indices.filter { set & (1 << UInt64($0)) != 0 }.map { names[$0] }.joined(separator: ",")
  }
}

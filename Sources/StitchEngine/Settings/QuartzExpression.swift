public import PipelineModel

/// A cron expression as Stitch writes it: Quartz, with a field of seconds, and a question mark for one of the two day fields.
public struct QuartzExpression: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nil where one day field does not say all of its days: Quartz has only one, in which a place in the month stands alone.
  public init?(_ cron: CronExpression) {
    guard let field = cron.dayField else { return nil }
    let (days, weekdays) = Self.fields(field)
    let fields = [
      "0", CronExpression.field(cron.minutes, 0...59), CronExpression.field(cron.hours, 0...23), days,
      CronExpression.field(cron.months, 1...12), weekdays,
    ]
    description = fields.joined(separator: " ")
  }

  private static func fields(_ field: CronExpression.DayField) -> (days: String, weekdays: String) {
    switch field {
    case .everyDay: ("*", "?")
    case .days(let set): (CronExpression.field(set, 1...31), "?")
    case .weekdays(let set): ("?", names(set))
    case .lastDay: ("L", "?")
    // It counts weekdays from 1, and takes a number here.
    case .weekday(let weekday, nil): ("?", "\(weekday + 1)L")
    case .weekday(let weekday, let place?): ("?", "\(weekday + 1)#\(place)")
    }
  }

  private static func names(_ set: UInt64) -> String {
    let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    return names.indices.filter { set & (1 << UInt64($0)) != 0 }.map { names[$0] }.joined(separator: ",")
  }
}

public import PipelineModel

/// A cron expression as Stitch writes it: Quartz, with a field of seconds, and a question mark for one of the two day fields.
public struct QuartzExpression: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nil where both day fields leave days out: Quartz has only one of them.
  public init?(_ cron: CronExpression) {
    guard cron.hasEveryDay || cron.hasEveryWeekday else { return nil }
    let days = cron.hasEveryWeekday ? Self.list(cron.days, 1...31) : "?"
    let weekdays = cron.hasEveryWeekday ? "?" : Self.weekdays(cron.weekdays)
    let fields = [
      "0", Self.list(cron.minutes, 0...59), Self.list(cron.hours, 0...23), days, Self.list(cron.months, 1...12),
      weekdays,
    ]
    description = fields.joined(separator: " ")
  }

  /// `*`, or numbers and ranges of three and more: `0,15-17`.
  private static func list(_ set: UInt64, _ range: ClosedRange<Int>) -> String {
    let values = range.filter { set & (1 << UInt64($0)) != 0 }
    if values.count == range.count { return "*" }
    return runs(of: values).map {
      $0.count > 2 ? "\($0[0])-\($0[$0.count - 1])" : $0.map(String.init).joined(separator: ",")
    }
    .joined(separator: ",")
  }

  /// By their names: Quartz counts them from 1.
  private static func weekdays(_ set: UInt64) -> String {
    let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    return names.indices.filter { set & (1 << UInt64($0)) != 0 }.map { names[$0] }.joined(separator: ",")
  }

  private static func runs(of values: [Int]) -> [[Int]] {
    values.reduce(into: []) { runs, value in
      if let last = runs.last?.last, last + 1 == value {
        runs[runs.count - 1].append(value)
      } else {
        runs.append([value])
      }
    }
  }
}

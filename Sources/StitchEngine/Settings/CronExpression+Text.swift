internal import PipelineModel

extension CronExpression {
  /// The same with the five fields of a manifest as its text.
  var inFiveFields: CronExpression {
    let (dayWord, weekdayWord) = dayWords
    let fields = [
      Self.field(minutes, 0...59), Self.field(hours, 0...23), dayWord, Self.field(months, 1...12), weekdayWord,
    ]
    return CronExpression(
      text: fields.joined(separator: " "), minutes: minutes, hours: hours, days: days, months: months,
      weekdays: weekdays, restrictsDays: !hasEveryDay, restrictsWeekdays: !hasEveryWeekday)
  }

  private var dayWords: (days: String, weekdays: String) {
    switch dayField {
    case .lastDay: ("L", "*")
    case .weekday(let weekday, nil): ("*", "\(weekday)L")
    case .weekday(let weekday, let place?): ("*", "\(weekday)#\(place)")
    case nil, .everyDay, .days, .weekdays: (Self.field(days, 1...31), Self.field(weekdays, 0...6))
    }
  }

  /// `*`, or numbers and ranges of three and more: `0,15-17`.
  static func field(_ set: UInt64, _ range: ClosedRange<Int>) -> String {
    let values = range.filter { set & (1 << UInt64($0)) != 0 }
    if values.count == range.count { return "*" }
    return runs(of: values).map {
      $0.count > 2 ? "\($0[0])-\($0[$0.count - 1])" : $0.map(String.init).joined(separator: ",")
    }
    .joined(separator: ",")
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

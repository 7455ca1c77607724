import PipelineModel

extension CronExpression {
  /// Whether any month of the expression has one of its days.
  var everComes: Bool {
    if restrictsDays && restrictsWeekdays { return true }
    return (1...12).contains { month in
      let longest = CivilTime.days(inMonth: month, of: 2000)
      return months.contains(month) && (days.lowest(from: 1) ?? .max) <= longest
    }
  }

  /// Whether the hour field starts with `*`: such a job runs every so often, not at a time of day.
  var followsElapsedTime: Bool {
    let words = text.utf8.split { $0 == 32 || (9...13).contains($0) }
    guard words.count == 1, let macro = words.first else { return words.dropFirst().first?.first == UInt8(ascii: "*") }
    return String(Substring(macro)).lowercased() == "@hourly"
  }
}

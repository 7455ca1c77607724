public import PipelineModel

/// Reads a cron expression: minute, hour, day of month, month and day of week, or one of `@hourly`, `@daily`, `@weekly`,
/// `@monthly`, `@yearly`.
///
/// A field is a list (`1,15`) of values, ranges (`1-5`) and steps (`*/15`, `10-50/20`, and `5/10`, which is `5-59/10`). Months and
/// weekdays have English names of three letters in either case; 7 is Sunday like 0. `L` is the last day of the month, `5L` its last
/// Friday and `5#2` its second one. When the day of month and the day of week both begin with something other than `*`, a day that
/// matches either of them counts.
///
/// The failure holds all mistakes at once.
public func parseCron(_ text: String) -> Result<CronExpression, CronErrors> {
  let words = CronToken.words(of: text)
  if let macro = words.first, words.count == 1, macro.startsWith("@"),
    let expression = CronMacro.expression(named: macro.text)
  {
    return parse(CronToken.words(of: expression), text: text)
  }
  if let error = shapeError(words, in: text) { return .failure(CronErrors([error])) }
  return parse(words, text: text)
}

/// `words` are five.
private func parse(_ words: [CronToken], text: String) -> Result<CronExpression, CronErrors> {
  let fields = zip(CronField.allCases, words).map(CronFieldParser.init)
  let errors = fields.flatMap(\.errors)
  guard errors.isEmpty else { return .failure(CronErrors(errors.map { $0.withHourHelp(words, errors.count) })) }
  let cron = CronExpression(
    text: text, minutes: fields[0].values, hours: fields[1].values, days: fields[2].values,
    months: fields[3].values, weekdays: fields[4].values,
    restrictsDays: !words[2].startsWith("*"), restrictsWeekdays: !words[4].startsWith("*"))
  guard cron.everComes else {
    let help = CronHelp(
      "February has 29 days at most; April, June, September and November have 30; a weekday with `#` has seven possible days"
    )
    let range = words[2].range.lowerBound..<words[3].range.upperBound
    return .failure(CronErrors([CronError(.neverComes, at: range, label: "day and month", help: help)]))
  }
  return .success(cron)
}

/// What is wrong with the number of words.
private func shapeError(_ words: [CronToken], in text: String) -> CronError? {
  guard let first = words.first, let last = words.last else {
    let help = CronHelp("write five fields, such as `0 6 * * *` for 06:00 every day")
    return CronError(.empty, at: 0..<text.utf8.count, help: help)
  }
  if first.startsWith("@") { return CronMacro.unknown(first) }
  let whole = first.range.lowerBound..<last.range.upperBound
  switch words.count {
  case 5:
    return nil
  case 6:
    let fix = words.dropFirst().map(\.text).joined(separator: " ")
    let help = CronHelp("leave out the first field: `\(fix)`", replacement: fix)
    return CronError(.secondsField, at: whole, help: first.number == nil ? CronHelp("leave one field out") : help)
  case 7:
    return CronError(.quartz, at: whole, help: CronHelp("leave out the first field and the last one"))
  default:
    let help = CronHelp("write `*` for each field that may have any value")
    return CronError(.fieldCount(words.count), at: whole, help: help)
  }
}

extension CronError {
  /// An hour past the end of the day most often means one of the next day.
  fileprivate func withHourHelp(_ words: [CronToken], _ errorCount: Int) -> CronError {
    guard case .outsideBounds(let field, let value) = kind else { return self }
    guard field == .hour, let hour = Int(value), errorCount == 1, words[1].range == range else {
      let bounds = field.bounds
      return CronError(
        kind, at: range, label: label,
        help: CronHelp("a \(field.rawValue) is a number from \(bounds.lowerBound) to \(bounds.upperBound)"))
    }
    let wrapped = String(hour % 24)
    let mended = words.enumerated().map { $0.offset == 1 ? wrapped : $0.element.text }.joined(separator: " ")
    let minute = words[0].number ?? 0
    let time = "\(wrapped.count == 1 ? "0" : "")\(wrapped):\(minute < 10 ? "0" : "")\(minute)"
    return CronError(kind, at: range, label: label, help: CronHelp("use `\(mended)` for \(time)", replacement: wrapped))
  }
}

internal import PipelineModel

/// Reads one field of a cron expression: a list of values, ranges and steps.
struct CronFieldParser {
  let field: CronField
  private(set) var values: UInt64 = 0
  private(set) var errors: [CronError] = []

  init(_ field: CronField, _ token: CronToken) {
    self.field = field
    if token.isSingle {
      if !readPlace(token), let only = span(token, isOpen: false) { take(only, by: 1) }
    } else {
      for item in token.split(",") { read(item, in: token) }
    }
  }

  /// `*`, `5`, `1-5`, each also with `/n`; or a place in the month.
  private mutating func read(_ item: CronToken, in list: CronToken) {
    guard !item.isEmpty else { return reportEmpty(item, in: list) }
    guard !readPlace(item) else { return }
    let parts = item.split("/")
    guard let span = span(parts[0], isOpen: parts.count > 1) else { return }
    guard let step = step(parts, of: item, from: span.lowerBound) else { return }
    take(span, by: step)
  }

  private mutating func take(_ span: ClosedRange<Int>, by step: Int) {
    for value in stride(from: span.lowerBound, through: span.upperBound, by: step) {
      values |= 1 << UInt64(field == .weekday ? value % 7 : value)
    }
  }

  /// `L` as the day, `5L` and `5#2` as the weekday; false where it is none of them.
  private mutating func readPlace(_ item: CronToken) -> Bool {
    switch field {
    case .minute, .hour, .month: return false
    case .day:
      guard item.isLetterL else { return false }
      values |= 1 << UInt64(CronExpression.lastDay)
    case .weekday:
      guard let (weekday, place) = weekdayAndPlace(item) else { return false }
      guard let place else {
        report(
          .notAPlace(item: item.quoted), at: item.range, help: CronHelp("write `#1` to `#5`, or `L` for the last one"))
        return true
      }
      values |= 1 << UInt64(8 * place + weekday % 7)
    }
    return true
  }

  /// Nil where it is no weekday with a place; a place of nil is none that a month has.
  private func weekdayAndPlace(_ item: CronToken) -> (weekday: Int, place: Int?)? {
    if item.bytes.count > 1, item.bytes.last.map({ $0 | 0x20 }) == UInt8(ascii: "l") {
      return known(CronToken(item.bytes.dropLast())).map { ($0, CronExpression.lastPlace) }
    }
    let parts = item.split("#")
    guard parts.count == 2, parts[1].isNumber else { return nil }
    let place = parts[1].number ?? 0
    return known(parts[0]).map { ($0, (1...5).contains(place) ? place : nil) }
  }

  /// What a number or a name inside the bounds stands for.
  private func known(_ token: CronToken) -> Int? {
    if let number = token.number { return field.bounds.contains(number) ? number : nil }
    return field.names.firstIndex(of: token.text.uppercased()).map { field.bounds.lowerBound + $0 }
  }

  private mutating func step(_ parts: [CronToken], of item: CronToken, from start: Int) -> Int? {
    guard parts.count > 1 else { return 1 }
    guard parts.count == 2, parts[1].isNumber else {
      report(.incompleteStep(field, item: item.quoted), at: item.range)
      return nil
    }
    let step = parts[1].number ?? .max
    guard step > 0 else {
      report(.zeroStep(field), at: parts[1].range, help: CronHelp("leave out the step, or write one from 1 on"))
      return nil
    }
    guard step <= field.size else {
      report(.stepTooLarge(field, step: parts[1].quoted), at: parts[1].range, help: intervalHelp(step))
      return nil
    }
    return step
  }

  private func intervalHelp(_ step: Int) -> CronHelp {
    switch field {
    case .minute where step < 10_000: CronHelp("write `every: \(step)m` in place of `cron:` for a fixed interval")
    case .hour where step < 10_000: CronHelp("write `every: \(step)h` in place of `cron:` for a fixed interval")
    case .minute, .hour, .day, .month, .weekday: CronHelp("steps count inside the field and begin anew with it")
    }
  }

  /// The range of an item; a single value before a step reaches to the end of the field.
  private mutating func span(_ token: CronToken, isOpen: Bool) -> ClosedRange<Int>? {
    if token.isEmpty {
      report(.incompleteStep(field, item: "/"), at: token.range.lowerBound..<token.range.lowerBound + 1)
      return nil
    }
    if token.isStar { return field.bounds.lowerBound...field.last }
    if !token.contains("-") {
      return value(token).map { $0...(isOpen ? max($0, field.last) : $0) }
    }
    let ends = token.split("-")
    guard ends.count == 2, !ends[0].isEmpty, !ends[1].isEmpty else {
      report(.incompleteRange(field, item: token.quoted), at: token.range)
      return nil
    }
    let first = value(ends[0])
    let last = value(ends[1])
    guard let first, let last else { return nil }
    return range(first, sundayAtEnd(last, ends[1], after: first), of: token, ends)
  }

  /// `FRI-SUN` ends with the Sunday after Friday.
  private func sundayAtEnd(_ value: Int, _ token: CronToken, after first: Int) -> Int {
    field == .weekday && value == 0 && first > 0 && !token.isNumber ? 7 : value
  }

  private mutating func range(
    _ first: Int, _ last: Int, of token: CronToken, _ ends: [CronToken]
  ) -> ClosedRange<Int>? {
    if first <= last { return first...last }
    let around = "\(first)-\(field.last),\(field.bounds.lowerBound)-\(last)"
    let help = CronHelp(
      "to go on past the end write `\(around)`", replacement: first <= field.last ? around : nil)
    report(.reversedRange(field, from: ends[0].quoted, to: ends[1].quoted), at: token.range, help: help)
    return nil
  }

  private mutating func value(_ token: CronToken) -> Int? {
    if token.isNumber {
      if let number = token.number, field.bounds.contains(number) { return number }
      report(.outsideBounds(field, value: token.quoted), at: token.range)
      return nil
    }
    if let index = field.names.firstIndex(of: token.text.uppercased()) { return field.bounds.lowerBound + index }
    reportUnknown(token)
    return nil
  }

  /// Points at a comma beside nothing, once.
  private mutating func reportEmpty(_ item: CronToken, in list: CronToken) {
    let isLast = item.range.lowerBound == list.range.upperBound
    let comma = item.range.lowerBound - (isLast ? 1 : 0)
    guard errors.last?.range != comma..<comma + 1 else { return }
    report(.emptyItem(field), at: comma..<comma + 1, help: CronHelp("leave out the comma, or write a value beside it"))
  }

  private mutating func reportUnknown(_ token: CronToken) {
    if isQuartz(token) {
      return report(.unsupported(field, item: token.quoted), at: token.range, help: quartzHelp(token))
    }
    let isWord = token.bytes.allSatisfy { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    guard !field.names.isEmpty, isWord else {
      return report(.notANumber(field, item: token.quoted), at: token.range)
    }
    let nearest = Nearest.name(to: token.text, among: field.names)
    let known = CronHelp("names are \(field.names.joined(separator: ", "))")
    let help = nearest.map { CronHelp("did you mean `\($0)`?", replacement: $0) } ?? known
    report(.unknownName(field, name: token.quoted, nearest: nearest), at: token.range, help: help)
  }

  private func quartzHelp(_ token: CronToken) -> CronHelp {
    if token.bytes.elementsEqual("?".utf8) { return CronHelp("use `*`", replacement: "*") }
    if field == .weekday, token.isLetterL { return CronHelp("write `6L` for the last Saturday of a month") }
    return CronHelp(
      "known are `L` as the day, the last of the month, and `5L` and `5#2` as the weekday, the last and the second Friday"
    )
  }

  /// `?`, `LW`, `15W`; and `L` and `#` where they mean nothing.
  private func isQuartz(_ token: CronToken) -> Bool {
    let letters = token.bytes.filter { !($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }
    return !letters.isEmpty && letters.allSatisfy { "LW#?lw".utf8.contains($0) }
  }

  private mutating func report(_ mistake: CronMistake, at range: Range<Int>, help: CronHelp? = nil) {
    errors.append(CronError(mistake, at: range, label: field.rawValue, help: help))
  }
}

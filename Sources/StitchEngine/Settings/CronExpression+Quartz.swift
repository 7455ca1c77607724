internal import PipelineModel

extension CronExpression {
  /// Nil for what five fields cannot say: seconds, years, and Quartz's `W`, `L-3` and such.
  init?(quartz text: String) {
    let fields = text.split(separator: " ").map { String($0) }
    guard fields.count == 6 || fields.count == 7 && fields[6] == "*", fields[0] == "0",
      let minutes = Self.set(fields[1], 0...59), let hours = Self.set(fields[2], 0...23),
      let days = Self.days(fields[3]), let months = Self.set(fields[4], 1...12, names: Self.months),
      let weekdays = Self.weekdays(fields[5])
    else { return nil }
    func restricts(_ field: String) -> Bool { field != "?" && field != "*" }
    self.init(
      text: text, minutes: minutes, hours: hours, days: days, months: months,
      weekdays: weekdays, restrictsDays: restricts(fields[3]), restrictsWeekdays: restricts(fields[5]))
  }

  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]
  private static let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

  private static func days(_ field: String) -> UInt64? {
    field.uppercased() == "L" ? 1 << 32 : set(field, 1...31)
  }

  /// Quartz counts from Sunday as 1.
  private static func weekdays(_ field: String) -> UInt64? {
    if let (weekday, place) = place(field) { return 1 << UInt64(8 * place + weekday - 1) }
    return set(field, 1...7, names: weekdayNames).map { $0 >> 1 }
  }

  /// `6L` and `FRIL` are the last Friday of a month, `6#2` and `FRI#2` the second one; an `L` alone is Saturday there.
  private static func place(_ field: String) -> (weekday: Int, place: Int)? {
    let word: Substring
    let place: Int
    if field.uppercased().last == "L" {
      (word, place) = (field.dropLast(), 6)
    } else {
      let parts = field.split(separator: "#", omittingEmptySubsequences: false)
      guard parts.count == 2, let number = Int(parts[1]), (1...5).contains(number) else { return nil }
      (word, place) = (parts[0], number)
    }
    let weekday = Int(word) ?? weekdayNames.firstIndex(of: word.uppercased()).map { $0 + 1 }
    return weekday.flatMap { (1...7).contains($0) ? ($0, place) : nil }
  }

  /// Bit n stands for the value n.
  private static func set(_ field: String, _ range: ClosedRange<Int>, names: [String] = []) -> UInt64? {
    if field == "?" || field == "*" { return bits(range, by: 1) }
    var set: UInt64 = 0
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      guard let bits = bits(of: String(part), range, names) else { return nil }
      set |= bits
    }
    return set
  }

  /// `5`, `MON-FRI`, `*/15`, `10/5`, `10-40/5`.
  private static func bits(of part: String, _ range: ClosedRange<Int>, _ names: [String]) -> UInt64? {
    let halves = part.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
    guard halves.count <= 2, let step = halves.count == 2 ? Int(halves[1]) : 1, step > 0 else { return nil }
    if halves[0] == "*" { return bits(range, by: step) }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { text in
      Int(text) ?? names.firstIndex(of: text.uppercased()).map { $0 + 1 }
    }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, range.contains(first) else {
      return nil
    }
    let end = ends.count == 1 && halves.count == 2 ? range.upperBound : last
    guard range.contains(end), first <= end else { return nil }
    return bits(first...end, by: step)
  }

  private static func bits(_ range: ClosedRange<Int>, by step: Int) -> UInt64 {
    stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }
}

/// A cron expression read a second time, by code that shares nothing with the real parser: numbers, ranges, steps, lists, `L`, `5L` and `5#2`.
struct OracleFields: Sendable {
  let text: String
  let minutes: [Bool], hours: [Bool], days: [Bool], months: [Bool], weekdays: [Bool]
  let hasLastDay: Bool
  /// Weekday and place: `5#2` is (5, 2), `5L` is (5, 0).
  let places: [(weekday: Int, place: Int)]
  let anyHour: Bool, anyDay: Bool, anyWeekday: Bool

  init(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    self.text = text
    minutes = Self.read(words[0], 0, 59)
    hours = Self.read(words[1], 0, 23)
    let days = words[2].split(separator: ",").filter { $0 != "L" }.joined(separator: ",")
    hasLastDay = days.count != words[2].count
    self.days = Self.read(days, 1, 31)
    months = Self.read(words[3], 1, 12)
    let placed = words[4].split(separator: ",").filter { $0.contains { $0 == "L" || $0 == "#" } }
    places = placed.map { item in
      let digits = item.compactMap(\.wholeNumberValue)
      return (digits[0] % 7, digits.count > 1 ? digits[1] : 0)
    }
    let weekly = words[4].split(separator: ",").filter { !placed.contains($0) }.joined(separator: ",")
    var week = Self.read(weekly, 0, 7)
    if words[4].hasPrefix("*") { week[7] = false }
    if week[7] { week[0] = true }
    weekdays = week
    anyHour = words[1].hasPrefix("*")
    anyDay = words[2].hasPrefix("*")
    anyWeekday = words[4].hasPrefix("*")
  }

  private static func read(_ word: String, _ low: Int, _ high: Int) -> [Bool] {
    var members = [Bool](repeating: false, count: 64)
    for item in word.split(separator: ",") {
      let parts = item.split(separator: "/")
      let ends = parts[0] == "*" ? [low, high] : parts[0].split(separator: "-").map { Int($0) ?? -1 }
      let last = ends.count == 2 ? ends[1] : parts.count == 2 ? high : ends[0]
      let step = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
      for value in ends[0]...last where (value - ends[0]) % step == 0 { members[value] = true }
    }
    return members
  }
}

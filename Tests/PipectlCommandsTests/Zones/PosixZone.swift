import PipelineModel

/// The rule for all years to come that ends a zone file: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone {
  /// Seconds east of UTC.
  let standard: Int
  private var summer: (offset: Int, begins: Day, ends: Day)?

  /// A day of each year, and seconds from its midnight.
  private struct Day {
    let kind: Kind
    var seconds = 7200

    enum Kind {
      /// `M10.5.0`: the last Sunday of October.
      case weekday(Int, week: Int, month: Int)
      /// `J60`: 1 March, in leap years too.
      case withoutLeapDay(Int)
      /// `59`: from 0 on, the leap day counts.
      case ofYear(Int)
    }
  }

  init(_ text: String) throws {
    var rest = Substring(text)
    try Self.name(&rest)
    standard = -(try Self.time(&rest))
    guard !rest.isEmpty else { return }
    try Self.name(&rest)
    let offset = rest.hasPrefix(",") ? standard + 3600 : -(try Self.time(&rest))
    summer = (offset, try Self.day(&rest), try Self.day(&rest))
  }

  /// What changes in these years, in order; where two changes fall together the second one holds.
  func changes(from first: Int, through last: Int) -> [ZoneRules.Transition] {
    guard let summer else { return [] }
    return (first...last).flatMap { year in
      [
        ZoneRules.Transition(at: Self.wall(summer.begins, year) - Int64(standard), offset: summer.offset),
        ZoneRules.Transition(at: Self.wall(summer.ends, year) - Int64(summer.offset), offset: standard),
      ]
    }.sorted { $0.at < $1.at }
  }

  private static func wall(_ day: Day, _ year: Int) -> Int64 {
    let newYear = CivilTime(year: year, month: 1, day: 1)
    let days: Int64
    switch day.kind {
    case .weekday(let weekday, let week, let month):
      let first = CivilTime(year: year, month: month, day: 1)
      let found = 1 + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
      days = first.daysSinceEpoch + Int64(found > CivilTime.days(inMonth: month, of: year) ? found - 8 : found - 1)
    case .withoutLeapDay(let number):
      let isLater = number > 59 && CivilTime.days(inMonth: 2, of: year) == 29
      days = newYear.daysSinceEpoch + Int64(number - (isLater ? 0 : 1))
    case .ofYear(let number): days = newYear.daysSinceEpoch + Int64(number)
    }
    return days * 86_400 + Int64(day.seconds)
  }

  /// `CET` or `<+0330>`; nobody needs it.
  private static func name(_ rest: inout Substring) throws {
    if rest.first == "<", let end = rest.firstIndex(of: ">") {
      rest = rest[rest.index(after: end)...]
    } else {
      rest = rest.drop { $0.isLetter }
    }
  }

  /// `-3:30`, with a sign or without.
  private static func time(_ rest: inout Substring) throws -> Int {
    let sign = rest.first == "-" ? -1 : 1
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    let text = rest.prefix { $0.isNumber || $0 == ":" }
    rest = rest.dropFirst(text.count)
    let parts = text.split(separator: ":").compactMap { Int($0) } + [0, 0]
    guard parts.count > 2 else { throw ZoneFile.Broken(reason: "a time in \(rest)") }
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])
  }

  /// `,M3.5.0/2`.
  private static func day(_ rest: inout Substring) throws -> Day {
    let text = rest.dropFirst().prefix { $0 != "," && $0 != "/" }
    rest = rest.dropFirst(1 + text.count)
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    var day: Day
    switch (text.first, numbers.count) {
    case ("M", 3): day = Day(kind: .weekday(numbers[2], week: numbers[1], month: numbers[0]))
    case ("J", 1): day = Day(kind: .withoutLeapDay(numbers[0]))
    case (_, 1): day = Day(kind: .ofYear(numbers[0]))
    case _: throw ZoneFile.Broken(reason: "a day: \(text)")
    }
    if rest.first == "/" {
      rest = rest.dropFirst()
      day.seconds = try time(&rest)
    }
    return day
  }
}

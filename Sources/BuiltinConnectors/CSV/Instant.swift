/// A date with a time of day, read as RFC 3339 with some freedom: a space for the `T`, seconds optional, UTC where no offset is given.
struct Instant: Hashable {
  let secondsSinceEpoch: Int
  let nanoseconds: Int
  /// The same instant, spelled by RFC 3339.
  let text: String

  init?(_ source: String) {
    var reader = FixedWidthReader(source)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(2),
      reader.skip(":"), let minute = reader.number(2)
    else { return nil }
    let second = reader.skip(":") ? reader.number(2) : 0
    guard let second, let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
      (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year), hour < 24, minute < 60,
      second < 60
    else { return nil }
    let days = Self.daysSinceEpoch(year, month, day)
    secondsSinceEpoch = days * 86_400 + hour * 3600 + minute * 60 + second - offset.minutes * 60
    nanoseconds = fraction.nanoseconds
    text =
      source.prefix(10) + "T" + Self.two(hour) + ":" + Self.two(minute) + ":" + Self.two(second)
      + fraction.text + offset.text
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Instant: Comparable {
  static func < (left: Instant, right: Instant) -> Bool {
    (left.secondsSinceEpoch, left.nanoseconds) < (right.secondsSinceEpoch, right.nanoseconds)
  }
}

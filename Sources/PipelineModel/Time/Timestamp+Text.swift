extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-11-21T05:07:12Z`, with milliseconds only where there are some.
  public var description: String {
    let civil = CivilTime(secondsSinceEpoch: seconds)
    let fraction = Int((milliseconds % 1000 + 1000) % 1000)
    let isLongYear = !(0...9999).contains(civil.year)
    let text = DigitWriter.text(24) { writer in
      if !isLongYear { writer.write(civil.year, digits: 4) }
      writer.write("-")
      writer.write(civil.month, digits: 2)
      writer.write("-")
      writer.write(civil.day, digits: 2)
      writer.write("T")
      writer.write(civil.hour, digits: 2)
      writer.write(":")
      writer.write(civil.minute, digits: 2)
      writer.write(":")
      writer.write(civil.second, digits: 2)
      if fraction != 0 {
        writer.write(".")
        writer.write(fraction, digits: 3)
      }
      writer.write("Z")
    }
    return isLongYear ? padded(civil.year, 4) + text : text
  }

  /// Reads RFC 3339 (`2026-11-21T05:07:12Z`, `…+01:00`, with or without a fraction) or a bare date, which means midnight UTC.
  public init?(rfc3339 text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2), reader.skip("-"),
      let day = reader.number(digits: 2), (1...12).contains(month),
      day >= 1, day <= CivilTime.days(inMonth: month, of: year)
    else { return nil }
    guard !reader.isAtEnd else {
      self.init(seconds: CivilTime(year: year, month: month, day: day).secondsSinceEpoch)
      return
    }
    guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(digits: 2), hour < 24,
      reader.skip(":"), let minute = reader.number(digits: 2), minute < 60,
      reader.skip(":"), let second = reader.number(digits: 2), second < 60,
      let fraction = reader.milliseconds(), let offset = reader.zoneOffset(), reader.isAtEnd
    else { return nil }
    let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    self.init(milliseconds: (civil.secondsSinceEpoch - Int64(offset)) * 1000 + fraction)
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number.magnitude)
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

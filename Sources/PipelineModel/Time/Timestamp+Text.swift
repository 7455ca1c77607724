extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-11-21T05:07:12Z`, with milliseconds only where there are some.
  public var description: String {
    let civil = CivilTime(secondsSinceEpoch: seconds)
    let fraction = Int((milliseconds % 1000 + 1000) % 1000)
    let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    let time = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
    return fraction == 0 ? "\(date)T\(time)Z" : "\(date)T\(time).\(padded(fraction, 3))Z"
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

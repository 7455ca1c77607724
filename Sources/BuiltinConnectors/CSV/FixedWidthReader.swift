/// Reads the parts of a date from left to right.
struct FixedWidthReader {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text.utf8[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number(_ digits: Int) -> Int? {
    let run = rest.prefix(digits)
    guard run.count == digits else { return nil }
    var value = 0
    for byte in run {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    rest = rest.dropFirst(digits)
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// An optional fraction of a second, its text with the point; digits beyond the ninth do not count.
  mutating func fraction() -> (nanoseconds: Int, text: String)? {
    guard skip(".") else { return (0, "") }
    var nanoseconds = 0
    var text = "."
    while let digit = number(1) {
      if text.count <= 9 { nanoseconds = nanoseconds * 10 + digit }
      text += String(digit)
    }
    guard text.count > 1 else { return nil }
    for _ in min(text.count, 10)..<10 { nanoseconds *= 10 }
    return (nanoseconds, text)
  }

  /// `Z`, `+hh:mm`, `+hhmm`, `+hh`, or nothing, which is UTC.
  mutating func offset() -> (minutes: Int, text: String)? {
    if isAtEnd || skip("Z") || skip("z") { return (0, "Z") }
    let isNegative = rest.first == UInt8(ascii: "-")
    guard skip("+") || skip("-"), let hours = number(2), hours < 24 else { return nil }
    _ = skip(":")
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, minutes < 60 else { return nil }
    let text =
      (isNegative ? "-" : "+") + (hours < 10 ? "0" : "") + "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
    return ((isNegative ? -1 : 1) * (hours * 60 + minutes), text)
  }
}

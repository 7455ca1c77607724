internal import GRDB
internal import SingerProtocol

/// How a JSON value is stored without loss.
enum SQLiteValue {
  /// Objects and arrays are JSON text. A number is an integer or a real where that says the same, and its own text where not.
  static func stored(_ value: JSONValue) -> DatabaseValue {
    switch value {
    case .null: .null
    case .bool(let value): (value ? 1 : 0).databaseValue
    case .string(let text): text.databaseValue
    case .number(let text): number(text)
    case .array, .object: value.text.databaseValue
    }
  }

  private static func number(_ text: String) -> DatabaseValue {
    if let integer = Int64(text) { return integer.databaseValue }
    guard let real = Double(text), real.isFinite else { return text.databaseValue }
    if let integer = Int64(exactly: real), abs(real) < 9_007_199_254_740_992,
      DecimalDigits(text) == DecimalDigits("\(integer)")
    {
      return integer.databaseValue
    }
    return DecimalDigits(text) == DecimalDigits("\(real)") ? real.databaseValue : text.databaseValue
  }
}

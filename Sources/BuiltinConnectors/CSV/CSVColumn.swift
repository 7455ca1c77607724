internal import SingerProtocol

/// One column of a stream, as the tap emits it.
struct CSVColumn: Hashable, Sendable {
  let index: Int
  let name: String
  let type: ColumnType
  let isKey: Bool

  /// Appends the JSON of a field; nil where the text is none of the column's type.
  func append(_ text: String, to bytes: inout [UInt8]) -> Bool {
    guard let value = value(of: text) else { return false }
    value.write(to: &bytes)
    return true
  }

  /// The JSON of a field that is not empty.
  func value(of text: String) -> JSONValue? {
    switch type {
    case .string: return .string(text)
    case .integer:
      if DecimalText.isInteger(text) { return .number(text) }
      return Int(text).map { .integer($0) }
    case .number: return DecimalText.isNumber(text) ? .number(text) : nil
    case .boolean: return Self.boolean(text).map { .bool($0) }
    case .dateTime: return Instant(text).map { .string($0.text) }
    }
  }

  /// What a field is in the order of its type.
  func key(of text: String) -> ReplicationKeyValue? {
    value(of: text).flatMap { ReplicationKeyValue($0, type: type) }
  }

  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }
}

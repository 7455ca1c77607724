/// Narrows down what a column can be, value by value.
struct ColumnInference {
  private var canBeInteger = true
  private var canBeNumber = true
  private var canBeBoolean = true
  private var canBeDateTime = true
  private var hasValue = false

  /// A column without a value is text. Numbers with leading zeros and integers beyond 64 bits are text too, so nothing is lost.
  var type: ColumnType {
    guard hasValue else { return .string }
    if canBeInteger { return .integer }
    if canBeNumber { return .number }
    if canBeBoolean { return .boolean }
    return canBeDateTime ? .dateTime : .string
  }

  mutating func see(_ text: String) {
    hasValue = true
    if canBeNumber { canBeNumber = DecimalText.isNumber(text) }
    if canBeInteger { canBeInteger = canBeNumber && DecimalText.isInteger(text) && Int(text) != nil }
    if canBeNumber, !canBeInteger, DecimalText.isInteger(text), Int(text) == nil { canBeNumber = false }
    if canBeBoolean { canBeBoolean = text.lowercased() == "true" || text.lowercased() == "false" }
    if canBeDateTime { canBeDateTime = Instant(text) != nil }
  }
}

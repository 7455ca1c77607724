internal import SingerProtocol

/// What a column of a CSV file holds.
enum ColumnType: String, Hashable, Sendable, CaseIterable {
  case integer, number, boolean, string
  case dateTime = "date-time"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The JSON Schema of a column; keys are never null.
  func schema(isKey: Bool) -> JSONValue {
    let name: JSONValue = self == .dateTime ? "string" : .string(rawValue)
    var schema: JSONValue = ["type": .array(isKey ? [name] : ["null", name])]
    if self == .dateTime { schema.set("format", to: "date-time") }
    return schema
  }

  /// What a catalog says of a column; nil where that is nothing this tap would write.
  init?(schema: JSONValue) {
    let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue].compactMap { $0 }
    let names = types.filter { $0 != "null" }
    guard names.count == 1 else { return nil }
    self.init(rawValue: names[0] == "string" && schema["format"] == "date-time" ? "date-time" : names[0])
  }
}

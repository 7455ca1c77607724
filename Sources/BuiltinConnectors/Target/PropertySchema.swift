internal import SingerProtocol

/// The types a property may have.
struct PropertySchema {
  let name: String
  /// Nil where the schema does not say so plainly (`anyOf`, no `type`): anything goes.
  let types: [String]?

  init(name: String, _ schema: JSONValue) {
    self.name = name
    switch schema["type"] {
    case .string(let type): types = [type]
    case .array(let list): types = list.compactMap(\.stringValue)
    case .null, .bool, .number, .object, nil: types = nil
    }
  }

  var typeNames: String { types?.joined(separator: " or ") ?? "anything" }

  func accepts(_ value: JSONValue) -> Bool {
    guard let types else { return true }
    switch value {
    case .null: return types.contains("null")
    case .bool: return types.contains("boolean")
    case .string: return types.contains("string")
    case .array: return types.contains("array")
    case .object: return types.contains("object")
    case .number(let text):
      return types.contains("number") || types.contains("integer") && Self.isWhole(text)
    }
  }

  /// JSON Schema takes `1.0` for an integer.
  private static func isWhole(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }) {
      return true
    }
    guard let value = Double(text) else { return false }
    return value == value.rounded() && value.isFinite
  }
}

/// JSON whose keys keep the order in which they were given.
indirect enum JSONText: Sendable {
  case bool(Bool)
  case number(Int64)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  /// Two spaces a level; arrays and objects of short scalars on one line.
  func pretty(indent: String = "") -> String {
    switch self {
    case .bool(let value): return String(value)
    case .number(let value): return String(value)
    case .string(let text): return Self.quoted(text)
    case .array(let items):
      guard !items.isEmpty else { return "[]" }
      if items.allSatisfy(\.isScalar) { return "[" + items.map { $0.pretty() }.joined(separator: ", ") + "]" }
      let lines = items.map { indent + "  " + $0.pretty(indent: indent + "  ") }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let entries):
      guard !entries.isEmpty else { return "{}" }
      let lines = entries.map { indent + "  " + Self.quoted($0.0) + ": " + $0.1.pretty(indent: indent + "  ") }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .bool, .number, .string: true
    case .array, .object: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 32 {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByBooleanLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSONText...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONText)...) { self = .object(elements) }

  static func words(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
}

import ManifestSyntax

extension SyntaxContent {
  /// What it is, as a message says it.
  var noun: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .float: "a number"
    case .string: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a quoted scalar.
  var unquoted: String? {
    guard case .string(let text, style: .quoted) = self else { return nil }
    return text
  }
}

extension SyntaxNode {
  /// The boolean that a word means in YAML 1.1, or in quotes.
  var booleanMeant: Bool? {
    guard case .string(let text, _) = content else { return nil }
    switch text.lowercased() {
    case "yes", "y", "on", "true": return true
    case "no", "n", "off", "false": return false
    default: return nil
    }
  }
}

extension FieldShape {
  /// Whether a value of this YAML type can have the shape.
  func fits(_ content: SyntaxContent) -> Bool {
    switch (self, content) {
    case (.boolean, .bool), (.integer, .int), (.list, .sequence), (.arguments, .sequence), (.table, .mapping),
      (.object, .mapping),
      (.settings, .mapping):
      true
    case (.text, .string), (.duration, .string), (.instant, .string), (.cron, .string), (.timeZone, .string),
      (.choice, .string):
      true
    case (.either(let shapes), _): shapes.contains { $0.fits(content) }
    case (.setting, _), (.variable, _), (.patch, _): true
    default: false
    }
  }

  var noun: String {
    switch self {
    case .text, .timeZone: "a text"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .duration: "a duration"
    case .instant: "an instant"
    case .cron: "a cron expression"
    case .choice(let choices): oneOf(choices.map(\.word))
    case .list, .arguments: "a list"
    case .table, .object, .settings, .patch: "a mapping"
    case .either(let shapes): shapes.map(\.noun).joined(separator: " or ")
    case .setting: "a text or a reference to a secret"
    case .variable: "a scalar or a reference to a secret"
    }
  }

  var words: [Choice]? {
    guard case .choice(let choices) = self else { return nil }
    return choices
  }

  var isBoolean: Bool { if case .boolean = self { true } else { false } }
  var isObject: Bool { if case .object = self { true } else { false } }
}

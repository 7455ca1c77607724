import ManifestSyntax

/// The schema of a mapping with described keys.
struct JSONSchemaObject {
  private let set: FieldSet

  init(_ set: FieldSet) {
    self.set = set
  }

  var schema: JSONText {
    var entries: [(String, JSONText)] = [
      ("type", "object"),
      ("properties", .object(set.fields.map { ($0.key, $0.schema) })),
      ("additionalProperties", false),
    ]
    let required = set.fields.filter { $0.isRequired && $0.applies == .always }.map(\.key)
    if !required.isEmpty { entries.append(("required", .words(required))) }
    let rules = conditions + alternatives
    if !rules.isEmpty { entries.append(("allOf", .array(rules))) }
    return .object(entries)
  }

  /// What depends on another key, one rule a condition.
  private var conditions: [JSONText] {
    var seen: [FieldCondition] = []
    for field in set.fields where field.applies != .always && !seen.contains(field.applies) {
      seen.append(field.applies)
    }
    return seen.map { condition in
      let fields = set.fields.filter { $0.applies == condition }
      let required = fields.filter(\.isRequired).map(\.key)
      let forbidden: JSONText = ["properties": .object(fields.map { ($0.key, .bool(false)) })]
      let then: [(String, JSONText)] = required.isEmpty ? [] : [("then", ["required": .words(required)])]
      return .object([("if", test(condition))] + then + [("else", forbidden)])
    }
  }

  private var alternatives: [JSONText] {
    self.set.alternatives.map { rule in
      let branches = JSONText.array(rule.keys.map { ["required": [.string($0)]] })
      let body: JSONText = rule.isExclusive ? ["oneOf": branches] : ["anyOf": branches]
      return rule.applies == .always ? body : ["if": test(rule.applies, orVariable: false), "then": body]
    }
  }

  /// A word that is a variable may be any.
  private func test(_ condition: FieldCondition, orVariable: Bool = true) -> JSONText {
    switch condition {
    case .always: return true
    case .with(let key): return ["required": [.string(key)]]
    case .without(let keys):
      let present = keys.map { key -> JSONText in ["required": [.string(key)]] }
      return ["not": present.count == 1 ? present[0] : ["anyOf": .array(present)]]
    case .when(let key, let words):
      let word: JSONText = ["enum": .words(words)]
      let value: JSONText = orVariable ? ["anyOf": [word, ["$ref": "#/$defs/TextWithVariable"]]] : word
      return ["properties": .object([(key, value)]), "required": [.string(key)]]
    }
  }
}

extension FieldDescription {
  /// The schema of the value, with the doc.
  var schema: JSONText {
    var entries: [(String, JSONText)] = [("description", .string(doc))]
    if let text = defaultValue { entries.append(("default", text)) }
    let value = nullMeans == nil ? shape.schema : ["anyOf": [shape.schema, ["type": "null"]]]
    guard case .object(let own) = value else { return value }
    return .object(entries + own)
  }

  private var defaultValue: JSONText? {
    guard case .defaulted(let content) = presence else { return nil }
    switch content {
    case .bool(let value): return .bool(value)
    case .int(let value): return .number(value)
    case .string(let text, _): return .string(text)
    case .null, .float, .sequence, .mapping: return nil
    }
  }
}

extension FieldShape {
  var schema: JSONText {
    switch self {
    case .text(let rule): rule.schema
    case .boolean: orVariable(["type": "boolean"])
    case .integer(let bounds):
      orVariable(["type": "integer", "minimum": .number(bounds.lowerBound), "maximum": .number(bounds.upperBound)])
    case .duration: orVariable(["type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$"])
    case .instant: orVariable(["type": "string", "pattern": .string(Self.instantPattern)])
    case .cron: orVariable(["type": "string", "pattern": #"^\s*(@[A-Za-z]+|\S+(\s+\S+){4})\s*$"#])
    case .timeZone: ["type": "string", "minLength": .number(1)]
    case .choice(let choices): orVariable(["enum": .words(choices.map(\.word))])
    case .list(let item): ["type": "array", "minItems": .number(1), "items": item.schema]
    case .arguments:
      [
        "type": "array", "minItems": .number(1), "prefixItems": [TextRule.executable.schema],
        "items": ["type": "string"],
      ]
    case .table(let keys, let item):
      ["type": "object", "propertyNames": .object(keys.keyConstraint), "additionalProperties": item.schema]
    case .object(let set): ["$ref": .string("#/$defs/\(set.name)")]
    case .either(let shapes): ["anyOf": .array(shapes.map(\.schema))]
    case .settings:
      [
        "type": "object", "not": ["anyOf": [["required": ["fromEnv"]], ["required": ["fromFile"]]]],
        "additionalProperties": ["$ref": "#/$defs/Setting"],
      ]
    case .setting: ["anyOf": [["type": "string"], ["$ref": "#/$defs/Secret"]]]
    case .variable: ["$ref": "#/$defs/Variable"]
    case .patch: ["type": "object", "minProperties": .number(1)]
    }
  }

  private static let instantPattern =
    #"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[-+][0-9]{2}:[0-9]{2}))?$"#

  private func orVariable(_ schema: JSONText) -> JSONText {
    switch self {
    case .boolean, .integer: ["anyOf": [schema, ["$ref": "#/$defs/ValueFromVariable"]]]
    default: ["anyOf": [schema, ["$ref": "#/$defs/TextWithVariable"]]]
    }
  }
}

extension TextRule {
  fileprivate var schema: JSONText {
    guard let pattern else { return ["type": "string"] }
    guard self != .any else { return ["type": "string", "minLength": .number(1)] }
    return ["anyOf": [["type": "string", "pattern": .string(pattern)], ["$ref": "#/$defs/TextWithVariable"]]]
  }

  fileprivate var keyConstraint: [(String, JSONText)] {
    switch self {
    case .free: []
    case .any: [("minLength", .number(1))]
    case .name, .nameGlob, .executable, .requirement, .requestID, .environmentVariable, .filePath, .absolutePath,
      .baseURL, .builtinConnector:
      pattern.map { [("pattern", .string($0))] } ?? []
    }
  }
}

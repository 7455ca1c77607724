/// The JSON Schema (draft 2020-12) of one manifest, as pretty JSON with a line end.
///
/// It accepts whatever the compiler accepts; variables may stand wherever a scalar does.
public func jsonSchema() -> String {
  JSONSchema().document.pretty() + "\n"
}

/// The schema that the field description draws.
struct JSONSchema {
  var document: JSONText {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://pipectl.dev/schema/v1/pipectl.schema.json",
      "title": "pipectl manifest",
      "description": "One document of a pipectl manifest file.",
      "type": "object",
      "required": ["apiVersion", "kind", "metadata", "spec"],
      "properties": [
        "apiVersion": ["const": .string(ManifestKind.apiVersion)],
        "kind": ["enum": .words(ManifestKind.allCases.map(\.rawValue))],
      ],
      "allOf": .array(ManifestKind.allCases.map(choice)),
      "$defs": .object(definitions),
    ]
  }

  private func choice(of kind: ManifestKind) -> JSONText {
    [
      "if": ["properties": ["kind": ["const": .string(kind.rawValue)]], "required": ["kind"]],
      "then": ["$ref": .string("#/$defs/\(kind.rawValue)")],
    ]
  }

  private var definitions: [(String, JSONText)] {
    let sets = ManifestKind.allCases.flatMap { $0.document.reachable }
    var byName = Dictionary(sets.map { ($0.name, JSONSchemaObject($0).schema) }) { first, _ in first }
    byName["Secret"] = JSONSchemaObject(SecretFields.set).schema
    byName["Setting"] = Self.setting
    byName["Variable"] = Self.variable
    byName["ValueFromVariable"] = Self.whole
    byName["TextWithVariable"] = Self.within
    return byName.sorted { $0.key < $1.key }
  }

  /// A value of a connector's settings.
  private static let setting: JSONText = [
    "description": "Any value; a mapping with `fromEnv` or `fromFile` is a reference to a secret.",
    "if": [
      "type": "object", "anyOf": [["required": ["fromEnv"]], ["required": ["fromFile"]]],
    ],
    "then": ["$ref": "#/$defs/Secret"],
    "else": [
      "items": ["$ref": "#/$defs/Setting"],
      "additionalProperties": ["$ref": "#/$defs/Setting"],
    ],
  ]

  private static let variable: JSONText = [
    "description": "A text, a number, a boolean, or a reference to a secret.",
    "anyOf": [["type": ["string", "number", "boolean"]], ["$ref": "#/$defs/Secret"]],
  ]

  private static let whole: JSONText = [
    "description": "A variable of the environment that has the right type.",
    "type": "string",
    "pattern": #"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$"#,
  ]

  private static let within: JSONText = [
    "description": "A text with a variable of the environment, or with a dollar sign written twice.",
    "type": "string",
    "pattern": #"\$(\$|\{[A-Za-z_][A-Za-z0-9_]*\})"#,
  ]
}

extension FieldSet {
  /// The set and all that its fields lead to.
  var reachable: [FieldSet] {
    [self] + fields.flatMap { $0.shape.sets }.flatMap(\.reachable)
  }
}

extension FieldShape {
  /// The field sets of its mappings.
  var sets: [FieldSet] {
    switch self {
    case .object(let set): [set]
    case .list(let item): item.sets
    case .table(_, let item): item.sets
    case .either(let shapes): shapes.flatMap(\.sets)
    case .text, .boolean, .integer, .duration, .instant, .cron, .timeZone, .choice, .arguments, .settings, .setting,
      .variable, .patch:
      []
    }
  }
}

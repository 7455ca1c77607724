import ManifestSyntax

/// Everything there is to say about one key: what decodes it, publishes it and explains it.
struct FieldDescription: Sendable {
  let key: String
  /// One sentence.
  let doc: String
  let shape: FieldShape
  let presence: Presence
  /// What an explicit null means; without it, null is a mistake.
  let nullMeans: String?
  let applies: FieldCondition
  /// As YAML.
  let examples: [String]

  enum Presence: Sendable {
    /// Wherever the field means something.
    case required
    /// Says what its absence means.
    case optional(String?)
    case defaulted(SyntaxContent)
  }
}

extension FieldDescription {
  var isRequired: Bool {
    switch presence {
    case .required: true
    case .optional, .defaulted: false
    }
  }

  /// The default as the pages show it.
  var defaultText: String? {
    switch presence {
    case .required: nil
    case .optional(let meaning): meaning
    case .defaulted(let content): content.plainText
    }
  }
}

extension SyntaxContent {
  /// A scalar as one would write it.
  var plainText: String? {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .float(_, let text): text
    case .string(let text, _): text
    case .sequence, .mapping: nil
    }
  }
}

import ManifestSyntax

/// Everything there is to say about one key: what decodes it, publishes it and explains it.
final class FieldDescription: Sendable {
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
  /// The checked default of a scalar; nil where there is none, and for mappings, whose keys have their own.
  let scalarDefault: CheckedValue?

  init(
    key: String, doc: String, shape: FieldShape, presence: Presence, nullMeans: String?, applies: FieldCondition,
    examples: [String]
  ) {
    self.key = key
    self.doc = doc
    self.shape = shape
    self.presence = presence
    self.nullMeans = nullMeans
    self.applies = applies
    self.examples = examples
    scalarDefault = Checker.scalarDefault(of: key, presence, shape)
  }

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

/// What there is to say about a field of a manifest.
public struct Explanation: Hashable, Sendable {
  /// As `pipeline.spec.schedule`.
  public let path: String
  /// As `duration`, `list of mappings`.
  public let type: String
  public let doc: String
  public let isRequired: Bool
  /// What its absence means, or the value it has then.
  public let defaultText: String?
  public let constraint: String?
  /// The words that the field knows, and what each of them means.
  public let words: [Word]
  /// As YAML.
  public let examples: [String]
  /// The fields of its mapping, in the order in which people write them.
  public let children: [Explanation]

  public struct Word: Hashable, Sendable {
    public let word: String
    public let doc: String
  }
}

/// Explains the field at a path such as `pipeline.spec.schedule.cron`; nil where there is none.
///
/// The kind may be written in any case; the items of a list have no step of their own.
public func explain(path: String) -> Explanation? {
  let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  guard let first = steps.first,
    let kind = ManifestKind.allCases.first(where: { $0.rawValue.lowercased() == first.lowercased() })
  else { return nil }
  var explanation = Explanation(kind)
  for step in steps.dropFirst() {
    guard let child = explanation.children.first(where: { $0.path.hasSuffix("." + step) }) else { return nil }
    explanation = child
  }
  return explanation
}

/// The paths of all fields, for completion and suggestions.
public func fieldPaths() -> [String] {
  ManifestKind.allCases.map(Explanation.init).flatMap(\.paths)
}

extension Explanation {
  init(_ kind: ManifestKind) {
    let path = kind.rawValue.lowercased()
    self.init(
      path: path, type: "manifest", doc: kind.doc, isRequired: false, defaultText: nil, constraint: nil, words: [],
      examples: [], children: kind.document.fields.map { Explanation($0, under: path) })
  }

  private init(_ field: FieldDescription, under parent: String) {
    let path = "\(parent).\(field.key)"
    let applies = field.applies.phrase.map { "only \($0)" }
    let nullable = field.nullMeans.map { "null means \($0)" }
    let notes = [field.shape.constraint, applies, nullable].compactMap { $0 }
    self.init(
      path: path, type: field.shape.typeName, doc: field.doc, isRequired: field.isRequired,
      defaultText: field.defaultText, constraint: notes.isEmpty ? nil : notes.joined(separator: "; "),
      words: field.shape.allWords.map { Word(word: $0.word, doc: $0.doc) }, examples: field.examples,
      children: field.shape.sets.flatMap(\.fields).map { Explanation($0, under: path) })
  }

  fileprivate var paths: [String] { [path] + children.flatMap(\.paths) }
}

extension FieldShape {
  var typeName: String {
    switch self {
    case .text: "text"
    case .boolean: "boolean"
    case .integer: "integer"
    case .duration: "duration"
    case .instant: "instant"
    case .cron: "cron expression"
    case .timeZone: "time zone"
    case .choice: "word"
    case .list(let item): "list of \(item.plural)"
    case .arguments: "list of texts"
    case .table(_, let item): "mapping of \(item.plural)"
    case .object, .patch: "mapping"
    case .either(let shapes): shapes.map(\.typeName).joined(separator: " or ")
    case .settings: "mapping of anything"
    case .setting: "text or secret"
    case .variable: "scalar or secret"
    }
  }

  private var plural: String {
    switch self {
    case .setting: "texts or secrets"
    case .variable: "scalars or secrets"
    default: typeName + "s"
    }
  }

  var constraint: String? {
    switch self {
    case .text(let rule): rule.constraint
    case .integer(let bounds): "from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .duration(let least): "at least \(least); a whole number and ms, s, m, h or d"
    case .instant: "RFC 3339, or a bare date for midnight UTC"
    case .list: "not empty, nothing twice"
    case .arguments: "not empty; the program first: \(TextRule.executable.constraint ?? "")"
    case .either(let shapes): shapes.count == 1 ? shapes[0].constraint : nil
    case .boolean, .cron, .timeZone, .choice, .table, .object, .settings, .setting, .variable, .patch: nil
    }
  }

  var allWords: [Choice] {
    switch self {
    case .choice(let choices): choices
    case .list(let item): item.allWords
    case .either(let shapes): shapes.flatMap(\.allWords)
    default: []
    }
  }
}

import Diagnostics
import ManifestSyntax

extension Checker {
  /// A mapping with described keys; nil only where the value is no mapping.
  mutating func object(_ node: SyntaxNode, _ set: FieldSet, of name: String) -> CheckedObject? {
    guard case .mapping(let entries) = node.content else {
      refuseType(node, wanted: "a mapping", of: name)
      return nil
    }
    var written: [String: SourceRange] = [:]
    var values: [String: Checked] = [:]
    for entry in entries {
      guard let field = set[entry.key] else {
        reportUnknown(entry, in: set, besides: entries, meant: &written)
        continue
      }
      written[entry.key] = entry.keyRange
      values[entry.key] = value(of: entry, field)
    }
    let words = entries.compactMap { entry in entry.value.content.plainText.map { (entry.key, $0) } }
    let rules = KeyRules(
      name: name, range: node.range, written: written, words: Dictionary(words) { first, _ in first })
    if !isPatch { refuse(rules.broken(of: set)) }
    addDefaults(of: set, at: node.range, to: &values, written: written)
    return CheckedObject(range: node.range, written: written, values: values)
  }

  private mutating func value(of entry: SyntaxEntry, _ field: FieldDescription) -> Checked? {
    guard case .null = entry.value.content else { return check(entry.value, as: field.shape, of: field.key) }
    if field.nullMeans != nil || isPatch { return Checked(range: entry.value.range, value: .null) }
    let isEmpty = entry.value.range.start.offset == entry.value.range.end.offset
    refuse(
      .nullValue, isEmpty ? "`\(field.key)` has no value" : "`\(field.key)` cannot be null",
      at: isEmpty ? entry.keyRange : entry.value.range,
      help: Help(field.isRequired ? "give it a value" : "give it a value, or leave the key out"))
    return nil
  }

  private mutating func reportUnknown(
    _ entry: SyntaxEntry, in set: FieldSet, besides entries: [SyntaxEntry], meant: inout [String: SourceRange]
  ) {
    let known = set.fields.map(\.key)
    let near = nearest(entry.key, among: known.filter { key in !entries.contains { $0.key == key } })
    // The key that was meant is not missing: one mistake, one message.
    if let near { meant[near] = entry.keyRange }
    refuse(
      .unknownKey, "unknown key `\(excerpt(entry.key))`", at: entry.keyRange,
      help: near.map { Help("did you mean `\($0)`?", replacement: $0) }
        ?? Help("known here: \(known.map { "`\($0)`" }.joined(separator: ", "))"))
  }

  private mutating func refuse(_ broken: [KeyRules.Broken]) {
    for rule in broken {
      refuse(rule.code, rule.headline, at: rule.range, secondary: rule.secondary, help: rule.help)
    }
  }

  private mutating func addDefaults(
    of set: FieldSet, at range: SourceRange, to values: inout [String: Checked], written: [String: SourceRange]
  ) {
    for field in set.fields where written[field.key] == nil {
      guard case .defaulted(let content) = field.presence else { continue }
      values[field.key] = check(SyntaxNode(range: range, content: content), as: field.shape, of: field.key)
    }
  }
}

/// A text of a user's, short enough for a message.
func excerpt(_ text: String) -> String {
  let visible = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? "?" : $0 }))
  return visible.count <= 60 ? visible : String(visible.prefix(59)) + "…"
}

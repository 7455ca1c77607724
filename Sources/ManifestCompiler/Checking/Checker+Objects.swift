import Diagnostics
import ManifestSyntax

extension Checker {
  /// A mapping with described keys; nil only where the value is no mapping.
  mutating func object(_ node: SyntaxNode, _ set: FieldSet, of name: String) -> CheckedObject? {
    guard case .mapping(let entries) = node.content else {
      refuseType(node, wanted: "a mapping", of: name)
      return nil
    }
    var keys: [CheckedKey] = []
    keys.reserveCapacity(entries.count + set.defaulted.count)
    var written = KeyMask()
    // By their indices, so that an entry is looked at where it is, and not copied.
    for index in entries.indices {
      if let place = set.place(of: entries[index].key) {
        let field = set.fields[place]
        written.insert(place)
        keys.append(CheckedKey(field, place: entries[index].keyPlace, value: value(of: entries[index], field)))
      } else if let meant = reportUnknown(entries[index], in: set, besides: entries) {
        // The key that was meant is not missing: one mistake, one message.
        if let place = set.place(of: meant.key) { written.insert(place) }
        keys.append(CheckedKey(meant, place: entries[index].keyPlace, value: nil))
      }
    }
    if !isPatch {
      check(KeyRules(name: name, place: node.place, written: keys, entries: entries), of: set, written)
    }
    addDefaults(of: set, besides: written, leftOutOf: node, to: &keys)
    return CheckedObject(place: node.place, keys: keys)
  }

  private mutating func value(of entry: SyntaxEntry, _ field: FieldDescription) -> Checked? {
    guard case .null = entry.value.content else { return check(entry.value, as: field.shape, of: field.key) }
    if field.nullMeans != nil || isPatch { return Checked(place: entry.value.place, value: .null) }
    let isEmpty = entry.value.range.start.offset == entry.value.range.end.offset
    refuse(
      .nullValue, isEmpty ? "`\(field.key)` has no value" : "`\(field.key)` cannot be null",
      at: isEmpty ? entry.keyRange : entry.value.range,
      help: Help(field.isRequired ? "give it a value" : "give it a value, or leave the key out"))
    return nil
  }

  /// Reports a key that is not known, and answers which one may have been meant.
  private mutating func reportUnknown(
    _ entry: SyntaxEntry, in set: FieldSet, besides entries: [SyntaxEntry]
  ) -> FieldDescription? {
    let known = set.fields.map(\.key)
    let near = nearest(entry.key, among: known.filter { key in !entries.contains { $0.key == key } })
    refuse(
      .unknownKey, "unknown key `\(excerpt(entry.key))`", at: entry.keyRange,
      help: near.map { Help("did you mean `\($0)`?", replacement: $0) }
        ?? Help("known here: \(known.map { "`\($0)`" }.joined(separator: ", "))"))
    return near.flatMap { set[$0] }
  }

  private mutating func check(_ rules: KeyRules, of set: FieldSet, _ written: KeyMask) {
    guard !set.demands.areMet(by: written, in: rules.entries) else {
      return assert(rules.broken(of: set).isEmpty, "what is quick to see has to be true")
    }
    for rule in rules.broken(of: set) {
      refuse(rule.code, rule.headline, at: rule.range, secondary: rule.secondary, help: rule.help)
    }
  }

  private mutating func addDefaults(
    of set: FieldSet, besides written: KeyMask, leftOutOf node: SyntaxNode, to keys: inout [CheckedKey]
  ) {
    for place in set.defaulted where !written.contains(place) {
      let field = set.fields[place]
      guard case .defaulted(let content) = field.presence else { continue }
      let value =
        field.scalarDefault.map { Checked(place: node.place, value: $0) }
        ?? check(SyntaxNode(leftOutOf: node, content: content), as: field.shape, of: field.key)
      keys.append(CheckedKey(field, place: nil, value: value))
    }
  }

  /// The default of a scalar is checked once, and not in each manifest that leaves it out.
  static func scalarDefault(
    of key: String, _ presence: FieldDescription.Presence, _ shape: FieldShape
  ) -> CheckedValue? {
    guard case .defaulted(let content) = presence else { return nil }
    switch content {
    case .sequence, .mapping: return nil
    case .null, .bool, .int, .float, .string:
      let nowhere = SourcePosition(line: 1, column: 1, offset: 0)
      let node = SyntaxNode(range: SourceRange(file: "", start: nowhere, end: nowhere), content: content)
      var checker = Checker(zones: [], provenance: Provenance())
      return checker.check(node, as: shape, of: key)?.value
    }
  }
}

/// A text of a user's, short enough for a message.
func excerpt(_ text: String) -> String {
  let visible = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? "?" : $0 }))
  return visible.count <= 60 ? visible : String(visible.prefix(59)) + "…"
}

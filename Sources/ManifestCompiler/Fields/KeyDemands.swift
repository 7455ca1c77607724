import ManifestSyntax

/// The rules of a field set in a form that is quick to hold against a mapping in which all is well, as in most there are.
///
/// Where they are not surely met, `KeyRules` finds out whether something is wrong, and what.
struct KeyDemands: Sendable {
  private let fields: [FieldDemand]
  private let alternatives: [AlternativeDemand]

  private struct FieldDemand {
    let place: Int
    let isRequired: Bool
    let applies: Condition
  }

  private struct AlternativeDemand {
    let keys: KeyMask
    let isExclusive: Bool
    let applies: Condition
  }

  private enum Condition {
    case always
    case when(key: String, words: [String], known: [String])
    case with(KeyMask)
    case without(KeyMask)
  }

  init(_ fields: [FieldDescription], _ alternatives: [FieldSet.Alternatives]) {
    func mask(_ keys: [String]) -> KeyMask { KeyMask(fields.indices.filter { keys.contains(fields[$0].key) }) }
    func condition(_ applies: FieldCondition) -> Condition {
      switch applies {
      case .always: .always
      case .with(let key): .with(mask([key]))
      case .without(let keys): .without(mask(keys))
      case .when(let key, let words):
        .when(key: key, words: words, known: fields.first { $0.key == key }?.shape.words?.map(\.word) ?? [])
      }
    }
    self.fields = fields.indices.compactMap { place in
      let field = fields[place]
      guard field.isRequired || field.applies != .always else { return nil }
      return FieldDemand(place: place, isRequired: field.isRequired, applies: condition(field.applies))
    }
    self.alternatives = alternatives.map {
      AlternativeDemand(keys: mask($0.keys), isExclusive: $0.isExclusive, applies: condition($0.applies))
    }
  }

  /// Whether nothing is missing, meaningless or too many for sure.
  func areMet(by written: KeyMask, in entries: [SyntaxEntry]) -> Bool {
    fields.allSatisfy { field in
      if written.contains(field.place) { return Self.holds(field.applies, written, entries) == true }
      return !field.isRequired || Self.holds(field.applies, written, entries) == false
    }
      && alternatives.allSatisfy { rule in
        let count = written.count(of: rule.keys)
        if count == 1 || count > 1 && !rule.isExclusive { return true }
        return Self.holds(rule.applies, written, entries) == false
      }
  }

  /// Nil where it is not plain to see.
  private static func holds(_ condition: Condition, _ written: KeyMask, _ entries: [SyntaxEntry]) -> Bool? {
    switch condition {
    case .always: return true
    case .with(let keys): return written.containsAny(of: keys)
    case .without(let keys): return !written.containsAny(of: keys)
    case .when(let key, let words, let known):
      guard let entry = entries.firstIndex(where: { $0.key == key }),
        case .string(let word, _) = entries[entry].value.content
      else { return nil }
      if words.contains(word) { return true }
      return known.contains(word) ? false : nil
    }
  }
}

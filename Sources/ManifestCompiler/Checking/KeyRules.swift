import Diagnostics
import ManifestSyntax

/// Which keys must, may, and cannot stand beside which.
struct KeyRules {
  /// What the mapping is the value of.
  let name: String
  let place: PackedRange
  /// Those that are known here, and those that were meant.
  let written: [CheckedKey]
  /// All of the mapping, for conditions on a word.
  let entries: [SyntaxEntry]

  struct Broken {
    let code: DiagnosticCode
    let headline: String
    let range: SourceRange
    var secondary: [LabelledRange] = []
    let help: Help?
  }

  func broken(of set: FieldSet) -> [Broken] {
    meaningless(of: set) + missing(of: set) + set.alternatives.flatMap { broken($0, of: set) }
  }

  private func meaningless(of set: FieldSet) -> [Broken] {
    set.conditional.compactMap { field in
      guard written.contains(field.key), holds(field.applies, in: set) == false,
        !isMissed(field.applies, in: set), let place = written.place(of: field.key),
        let phrase = broken(field.applies).phrase
      else { return nil }
      return Broken(
        code: .meaninglessKey, headline: "`\(field.key)` means something only \(phrase)", range: place,
        secondary: other(field.applies), help: Help("remove it"))
    }
  }

  /// Whether what the condition asks for is one of several keys that are all missing, which has its own message.
  private func isMissed(_ condition: FieldCondition, in set: FieldSet) -> Bool {
    guard case .with(let key) = condition else { return false }
    return set.alternatives.contains { rule in
      rule.keys.contains(key) && !rule.keys.contains(where: written.contains)
    }
  }

  private func other(_ condition: FieldCondition) -> [LabelledRange] {
    switch condition {
    case .always, .with: []
    case .when(let key, _): place(of: [key])
    case .without(let keys): place(of: keys)
    }
  }

  /// The part of the condition that does not hold.
  private func broken(_ condition: FieldCondition) -> FieldCondition {
    switch condition {
    case .without(let keys): .without(keys.filter(written.contains))
    case .always, .when, .with: condition
    }
  }

  /// The first of the keys that is written.
  private func place(of keys: [String]) -> [LabelledRange] {
    guard let key = keys.first(where: written.contains), let range = written.place(of: key) else {
      return []
    }
    return [LabelledRange(range, "`\(key)` is here")]
  }

  private func missing(of set: FieldSet) -> [Broken] {
    set.required.compactMap { field in
      guard !written.contains(field.key), holds(field.applies, in: set) == true else {
        return nil
      }
      let example = field.examples.first.map { Help("for example `\(field.key): \($0)`") }
      return Broken(
        code: .missingKey, headline: "`\(name)` needs the key `\(field.key)`", range: place.range,
        help: example ?? Help("add `\(field.key)`: \(field.doc)"))
    }
  }

  private func broken(_ rule: FieldSet.Alternatives, of set: FieldSet) -> [Broken] {
    guard holds(rule.applies, in: set) == true else { return [] }
    let present = rule.keys.filter(written.contains)
    if present.count == 1 || !present.isEmpty && !rule.isExclusive { return [] }
    let all = rule.keys.map { "`\($0)`" }
    if present.isEmpty {
      let headline = "`\(name)` needs \(all.joined(separator: " or "))"
      return [Broken(code: .missingKey, headline: headline, range: place.range, help: Help("add one of them"))]
    }
    guard let last = written.place(of: present[1]), let first = written.place(of: present[0]) else { return [] }
    return [
      Broken(
        code: .conflictingKeys, headline: "\(all.joined(separator: " and ")) exclude each other", range: last,
        secondary: [LabelledRange(first, "`\(present[0])` is here")], help: Help("remove one of them"))
    ]
  }

  /// Nil where it cannot be told, because the word it depends on is missing or not known.
  private func holds(_ condition: FieldCondition, in set: FieldSet) -> Bool? {
    switch condition {
    case .always: return true
    case .with(let key): return written.contains(key)
    case .without(let keys): return !keys.contains(where: written.contains)
    case .when(let key, let wanted):
      guard let word = word(of: key) else {
        return !written.contains(key) && set[key]?.isRequired == false ? false : nil
      }
      guard set[key]?.shape.words?.contains(where: { $0.word == word }) == true else { return nil }
      return wanted.contains(word)
    }
  }

  private func word(of key: String) -> String? {
    entries.first { $0.key == key }?.value.content.plainText
  }
}

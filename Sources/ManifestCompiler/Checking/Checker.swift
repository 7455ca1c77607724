import Diagnostics
import ManifestSyntax

/// Holds a tree against the description of its fields: unknown keys, missing ones, types, bounds, words.
struct Checker {
  /// Empty: every name of a zone is accepted.
  let zones: Set<String>
  let provenance: Provenance
  /// Whether the tree is a part of a spec that is merged into another: nothing is required, and null removes.
  var isPatch = false
  /// The places of values that hold a variable without a value: nothing more is said of them.
  var unsettled: Set<SourceRange> = []
  private(set) var report = Report()

  init(zones: Set<String>, provenance: Provenance) {
    self.zones = zones
    self.provenance = provenance
  }

  mutating func refuse(
    _ code: DiagnosticCode, _ headline: String, at range: SourceRange, label: String? = nil,
    within node: SyntaxNode? = nil,
    secondary: [LabelledRange] = [], help: Help? = nil, severity: Severity = .error,
    isConfidential: Bool = false
  ) {
    let definitions = provenance.definitions(of: node?.range ?? range)
    report.add(
      Diagnostic(
        code, severity, headline, at: range, label: label, secondary: secondary + definitions, help: help,
        isConfidential: isConfidential))
  }

  /// Nil where the value was refused.
  mutating func check(_ node: SyntaxNode, as shape: FieldShape, of name: String) -> Checked? {
    if isUnsettled(node) { return nil }
    return value(node, as: shape, of: name).map { Checked(place: node.place, value: $0) }
  }

  /// Whether the value holds a variable without a value.
  func isUnsettled(_ node: SyntaxNode) -> Bool {
    !unsettled.isEmpty && unsettled.contains(node.range)
  }

  private mutating func value(_ node: SyntaxNode, as shape: FieldShape, of name: String) -> CheckedValue? {
    switch shape {
    case .text(let rule): text(node, rule, of: name).map { .text($0) }
    case .boolean: boolean(node, of: name).map { .bool($0) }
    case .integer(let bounds): integer(node, in: bounds, of: name).map { .integer($0) }
    case .duration(let least): duration(node, atLeast: least, of: name).map { .duration($0) }
    case .instant: instant(node, of: name).map { .instant($0) }
    case .cron: cron(node, of: name).map { .cron($0) }
    case .timeZone: timeZone(node, of: name).map { .text($0) }
    case .choice(let choices): word(node, among: choices, of: name).map { .text($0) }
    case .list(let item): list(node, of: item, name: name).map { .list($0) }
    case .arguments: arguments(node, of: name).map { .arguments($0) }
    case .table(let keys, let item): table(node, keys: keys, of: item, name: name).map { .table($0) }
    case .object(let set): object(node, set, of: name).map { .object($0) }
    case .either(let shapes): either(node, shapes, of: name)
    case .settings: settings(node, of: name).map { .settings($0) }
    case .setting: setting(node, of: name).map { .setting($0) }
    case .variable: variable(node, of: name)
    case .patch: patch(node, of: name)
    }
  }

  private mutating func either(_ node: SyntaxNode, _ shapes: [FieldShape], of name: String) -> CheckedValue? {
    guard let shape = shapes.first(where: { $0.fits(node.content) }) else {
      if let words = shapes.compactMap(\.words).first, shapes.count == 1 {
        return value(node, as: .choice(words), of: name)
      }
      if shapes.contains(where: { $0.isBoolean }), node.booleanMeant != nil {
        return boolean(node, of: name).map { .bool($0) }
      }
      let wanted = shapes.map(\.noun).joined(separator: " or ")
      refuse(.wrongType, "`\(name)` is \(wanted), and this is \(node.content.noun)", at: node.range)
      return nil
    }
    return value(node, as: shape, of: name)
  }

  private mutating func list(_ node: SyntaxNode, of item: FieldShape, name: String) -> [Checked]? {
    guard case .sequence(let items) = node.content else {
      refuseType(node, wanted: "a list", of: name)
      return nil
    }
    guard !items.isEmpty else {
      refuseEmptyList(node, of: name, help: "leave the key out, or list something")
      return nil
    }
    let itemName = "\(name)[]"
    let checked = items.map { check($0, as: item, of: itemName) }
    if !item.isObject, items.count > 1 { refuseRepeats(in: items, of: name) }
    return checked.whole()
  }

  mutating func refuseEmptyList(_ node: SyntaxNode, of name: String, help: String) {
    refuse(.emptyValue, "`\(name)` is an empty list, which says nothing", at: node.range, help: Help(help))
  }

  /// Plain values only; a list of mappings has rules of its own.
  private mutating func refuseRepeats(in items: [SyntaxNode], of name: String) {
    var first: [String: PackedRange] = [:]
    for item in items {
      guard let text = item.content.plainText else { continue }
      if let place = first[text] {
        refuse(
          .duplicateItem, "`\(name)` has the same item twice", at: item.range,
          secondary: [LabelledRange(place.range, "the first one")], help: Help("remove one of them"))
      } else {
        first[text] = item.place
      }
    }
  }

  private mutating func table(
    _ node: SyntaxNode, keys: TextRule, of item: FieldShape, name: String
  ) -> [CheckedEntry]? {
    guard case .mapping(let entries) = node.content else {
      refuseType(node, wanted: "a mapping", of: name)
      return nil
    }
    var checked: [CheckedEntry] = []
    checked.reserveCapacity(entries.count)
    for entry in entries {
      if isPatch, case .null = entry.value.content { continue }
      if !keys.accepts(entry.key) { refuseText(entry.key, keys, of: "a key of \(name)", at: entry.keyRange) }
      if let value = check(entry.value, as: item, of: entry.key) {
        checked.append(CheckedEntry(key: entry.key, value: value))
      }
      warnOfLiteralSecret(entry)
    }
    checked.sort { $0.key < $1.key }
    return checked
  }

  private mutating func patch(_ node: SyntaxNode, of name: String) -> CheckedValue? {
    guard case .mapping(let entries) = node.content else {
      refuseType(node, wanted: "a mapping", of: name)
      return nil
    }
    guard !entries.isEmpty else {
      refuse(
        .emptyValue, "`\(name)` is an empty mapping, which says nothing", at: node.range,
        help: Help("say what the patch changes"))
      return nil
    }
    return .tree(node)
  }

  mutating func refuseType(_ node: SyntaxNode, wanted: String, of name: String) {
    refuse(.wrongType, "`\(name)` is \(wanted), and this is \(node.content.noun)", at: node.range)
  }
}

extension Array {
  /// All of them, or nil where one of them was refused.
  func whole<Value>() -> [Value]? where Element == Value? {
    var whole: [Value] = []
    whole.reserveCapacity(count)
    for element in self {
      guard let element else { return nil }
      whole.append(element)
    }
    return whole
  }
}

/// The keys of a mapping, in the order in which people write them.
final class FieldSet: Sendable {
  /// Unique among all sets: the name of its part of the schema.
  let name: String
  let fields: [FieldDescription]
  /// Those of the fields, in their order: a key is looked for without touching a description.
  let keys: [String]
  let alternatives: [Alternatives]
  /// Those that must be written wherever they mean something.
  let required: [FieldDescription]
  /// Those that do not mean something everywhere.
  let conditional: [FieldDescription]
  /// The places of those that have a default.
  let defaulted: [Int]
  /// What it demands of the keys that are written.
  let demands: KeyDemands

  /// Keys of which some must be there.
  struct Alternatives: Sendable {
    let keys: [String]
    let isExclusive: Bool
    let applies: FieldCondition
  }

  init(_ name: String, _ fields: [any DescribedField], alternatives: [Alternatives] = []) {
    precondition(fields.count <= 64, "a `KeyMask` has a bit for each of the fields")
    self.name = name
    let fields = fields.map(\.description)
    self.fields = fields
    keys = fields.map(\.key)
    required = fields.filter(\.isRequired)
    conditional = fields.filter { $0.applies != .always }
    defaulted = fields.indices.filter { if case .defaulted = fields[$0].presence { true } else { false } }
    self.alternatives = alternatives
    demands = KeyDemands(fields, alternatives)
  }

  subscript(key: String) -> FieldDescription? {
    place(of: key).map { fields[$0] }
  }

  /// Where among the fields the one with the key stands.
  func place(of key: String) -> Int? {
    keys.firstIndex(of: key)
  }
}

extension FieldSet.Alternatives {
  static func exactlyOne(_ keys: any DescribedField...) -> Self {
    Self(keys: keys.map(\.description.key), isExclusive: true, applies: .always)
  }

  static func atLeastOne(_ keys: any DescribedField..., where applies: FieldCondition) -> Self {
    Self(keys: keys.map(\.description.key), isExclusive: false, applies: applies)
  }
}

/// The keys of a mapping, in the order in which people write them.
final class FieldSet: Sendable {
  /// Unique among all sets: the name of its part of the schema.
  let name: String
  let fields: [FieldDescription]
  let alternatives: [Alternatives]
  /// Those that must be written wherever they mean something.
  let required: [FieldDescription]
  /// Those that do not mean something everywhere.
  let conditional: [FieldDescription]
  /// Those that have a default.
  let defaulted: [FieldDescription]

  /// Keys of which some must be there.
  struct Alternatives: Sendable {
    let keys: [String]
    let isExclusive: Bool
    let applies: FieldCondition
  }

  init(_ name: String, _ fields: [any DescribedField], alternatives: [Alternatives] = []) {
    self.name = name
    let fields = fields.map(\.description)
    self.fields = fields
    required = fields.filter(\.isRequired)
    conditional = fields.filter { $0.applies != .always }
    defaulted = fields.filter { if case .defaulted = $0.presence { true } else { false } }
    self.alternatives = alternatives
  }

  subscript(key: String) -> FieldDescription? {
    fields.first { $0.key == key }
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

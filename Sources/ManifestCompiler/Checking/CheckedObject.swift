import Diagnostics
import ManifestSyntax

/// A mapping that was held against its field set: what is written, and what is sound.
struct CheckedObject: Sendable {
  let place: PackedRange
  /// The keys that are known here, in no particular order. They are few, so they are looked for one by one.
  let keys: [CheckedKey]

  var range: SourceRange { place.range }

  /// The value of a field; nil where it is absent, null, or was refused.
  subscript<Value>(field: Field<Value>) -> Value? {
    index(of: field).flatMap { keys[$0].value }.flatMap { field.read($0.value) }
  }

  /// The value of a field that is required or has a default.
  func require<Value>(_ field: Field<Value>) throws(AlreadyReported) -> Value {
    guard let value = self[field] else { throw AlreadyReported() }
    return value
  }

  /// Whether the key is written, sound or not.
  func says(_ field: some DescribedField) -> Bool {
    index(of: field).map { keys[$0].place != nil } ?? false
  }

  /// Whether an explicit null is written.
  func saysNull(_ field: some DescribedField) -> Bool {
    guard let index = index(of: field), case .null? = keys[index].value?.value else { return false }
    return true
  }

  /// Where the field's value is; where its mapping is, if it is absent.
  func range(of field: some DescribedField) -> SourceRange {
    place(of: field).range
  }

  func place(of field: some DescribedField) -> PackedRange {
    index(of: field).flatMap { keys[$0].value?.place } ?? place
  }

  /// Where the field's key is; where its mapping is, if it is absent.
  func keyRange(of field: some DescribedField) -> SourceRange {
    index(of: field).flatMap { keys[$0].place }?.range ?? range
  }

  /// Where a field's key is among the others; of a key only what is asked for is copied.
  private func index(of field: some DescribedField) -> Int? {
    let wanted = field.identity
    return keys.firstIndex { $0.field == wanted }
  }
}

/// One key of a mapping.
struct CheckedKey: Sendable {
  let key: String
  /// Its description, by identity: a field is looked up far more often than it is described.
  let field: ObjectIdentifier
  /// Where it is written; nil where its default stands in for it.
  let place: PackedRange?
  /// Nil where the value was refused.
  let value: Checked?

  init(_ field: FieldDescription, place: PackedRange?, value: Checked?) {
    key = field.key
    self.field = ObjectIdentifier(field)
    self.place = place
    self.value = value
  }
}

extension [CheckedKey] {
  /// Whether a key is there, written or by its default.
  func contains(_ key: String) -> Bool {
    contains { $0.key == key }
  }

  /// Where a key is written; nil where it is not.
  func place(of key: String) -> SourceRange? {
    first { $0.key == key }?.place?.range
  }
}

/// The lowering of a value stopped at a mistake that has its diagnostic.
struct AlreadyReported: Error {}

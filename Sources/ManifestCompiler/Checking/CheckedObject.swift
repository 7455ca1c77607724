import Diagnostics

/// A mapping that was held against its field set: what is written, and what is sound.
struct CheckedObject: Sendable {
  let range: SourceRange
  /// The keys that are known here, in no particular order. They are few, so they are looked for one by one.
  let keys: [CheckedKey]

  /// The value of a field; nil where it is absent, null, or was refused.
  subscript<Value>(field: Field<Value>) -> Value? {
    value(of: field).flatMap { field.read($0.value) }
  }

  /// The value of a field that is required or has a default.
  func require<Value>(_ field: Field<Value>) throws(AlreadyReported) -> Value {
    guard let value = self[field] else { throw AlreadyReported() }
    return value
  }

  /// Whether the key is written, sound or not.
  func says(_ field: some DescribedField) -> Bool {
    place(of: field) != nil
  }

  /// Whether an explicit null is written.
  func saysNull(_ field: some DescribedField) -> Bool {
    guard case .null? = value(of: field)?.value else { return false }
    return true
  }

  /// Where the field's value is; where its mapping is, if it is absent.
  func range(of field: some DescribedField) -> SourceRange {
    value(of: field)?.range ?? range
  }

  /// Where the field's key is; where its mapping is, if it is absent.
  func keyRange(of field: some DescribedField) -> SourceRange {
    place(of: field) ?? range
  }

  private func value(of field: some DescribedField) -> Checked? {
    let key = field.description.key
    return keys.first { $0.key == key }?.value
  }

  private func place(of field: some DescribedField) -> SourceRange? {
    let key = field.description.key
    return keys.first { $0.key == key }?.place
  }
}

/// One key of a mapping.
struct CheckedKey: Sendable {
  let key: String
  /// Where it is written; nil where its default stands in for it.
  let place: SourceRange?
  /// Nil where the value was refused.
  let value: Checked?
}

extension [CheckedKey] {
  /// Where a key is written; nil where it is not.
  func place(of key: String) -> SourceRange? {
    first { $0.key == key }?.place
  }
}

/// The lowering of a value stopped at a mistake that has its diagnostic.
struct AlreadyReported: Error {}

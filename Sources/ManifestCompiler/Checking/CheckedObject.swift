import Diagnostics

/// A mapping that was held against its field set: what is written, and what is sound.
struct CheckedObject: Sendable {
  let range: SourceRange
  /// The keys that are written, sound or not, with their places.
  let written: [String: SourceRange]
  /// The values that are sound, and the defaults.
  let values: [String: Checked]

  /// The value of a field; nil where it is absent, null, or was refused.
  subscript<Value>(field: Field<Value>) -> Value? {
    values[field.key].flatMap { field.read($0.value) }
  }

  /// The value of a field that is required or has a default.
  func require<Value>(_ field: Field<Value>) throws(AlreadyReported) -> Value {
    guard let value = self[field] else { throw AlreadyReported() }
    return value
  }

  /// Whether the key is written, sound or not.
  func says(_ field: some DescribedField) -> Bool {
    written[field.description.key] != nil
  }

  /// Whether an explicit null is written.
  func saysNull(_ field: some DescribedField) -> Bool {
    guard case .null? = values[field.description.key]?.value else { return false }
    return true
  }

  /// Where the field's value is; where its mapping is, if it is absent.
  func range(of field: some DescribedField) -> SourceRange {
    values[field.description.key]?.range ?? range
  }

  /// Where the field's key is; where its mapping is, if it is absent.
  func keyRange(of field: some DescribedField) -> SourceRange {
    written[field.description.key] ?? range
  }
}

/// The lowering of a value stopped at a mistake that has its diagnostic.
struct AlreadyReported: Error {}

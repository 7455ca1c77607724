/// What a tap offers of a field.
public enum FieldInclusion: String, Hashable, Sendable {
  case available
  /// Always read.
  case automatic
  /// Never read.
  case unsupported
}

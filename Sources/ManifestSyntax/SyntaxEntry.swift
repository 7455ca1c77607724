public import Diagnostics

/// One `key: value` of a mapping.
public struct SyntaxEntry: Hashable, Sendable {
  public let key: String
  /// What `keyRange` is made of.
  public let keyPlace: PackedRange
  public let value: SyntaxNode

  public init(key: String, keyRange: SourceRange, value: SyntaxNode) {
    self.init(key: key, keyPlace: PackedRange(keyRange), value: value)
  }

  init(key: String, keyPlace: PackedRange, value: SyntaxNode) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }

  public var keyRange: SourceRange { keyPlace.range }
}

public import Diagnostics

/// A value of a YAML document that knows where it stands.
public struct SyntaxNode: Hashable, Sendable {
  /// What `range` is made of.
  public let place: PackedRange
  public let content: SyntaxContent

  public init(range: SourceRange, content: SyntaxContent) {
    self.init(place: PackedRange(range), content: content)
  }

  init(place: PackedRange, content: SyntaxContent) {
    self.place = place
    self.content = content
  }

  /// What stands for a value that another one leaves out: it has that one's place.
  public init(leftOutOf other: SyntaxNode, content: SyntaxContent) {
    self.init(place: other.place, content: content)
  }

  public var range: SourceRange { place.range }
}

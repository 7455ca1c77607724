/// One document of a YAML stream.
public struct SyntaxDocument: Hashable, Sendable {
  public let file: String
  /// Zero-based, within its file.
  public let index: Int
  public let root: SyntaxNode

  public init(file: String, index: Int, root: SyntaxNode) {
    self.file = file
    self.index = index
    self.root = root
  }
}

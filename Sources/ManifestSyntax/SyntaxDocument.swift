/// One document of a YAML stream.
public struct SyntaxDocument: Hashable, Sendable {
  public let file: String
  /// Grows with the place in its file: zero-based where the file was read as a whole.
  public let index: Int
  public let root: SyntaxNode
  /// Whether a text in it may have a dollar sign: most documents have none, and need not be searched for variables.
  public let mayHoldDollar: Bool

  public init(file: String, index: Int, root: SyntaxNode, mayHoldDollar: Bool = true) {
    self.file = file
    self.index = index
    self.root = root
    self.mayHoldDollar = mayHoldDollar
  }
}

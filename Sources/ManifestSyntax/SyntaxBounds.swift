/// How large a manifest may be, so that a hostile or broken file fails fast.
public struct SyntaxBounds: Hashable, Sendable {
  /// Levels of lists and mappings within each other, aliases expanded.
  public var depth: Int
  /// What all aliases of a file may add, in bytes of text plus 16 for each value.
  public var expansion: Int
  /// Bytes of one scalar.
  public var scalarLength: Int
  /// Bytes of one file.
  public var fileSize: Int
  /// Mistakes shown for one file.
  public var diagnostics: Int

  public init(
    depth: Int = 64,
    expansion: Int = 4 << 20,
    scalarLength: Int = 256 << 10,
    fileSize: Int = 64 << 20,
    diagnostics: Int = 200
  ) {
    self.depth = depth
    self.expansion = expansion
    self.scalarLength = scalarLength
    self.fileSize = fileSize
    self.diagnostics = diagnostics
  }

  /// Far above what people write, far below what hurts.
  public static let standard = SyntaxBounds()
}

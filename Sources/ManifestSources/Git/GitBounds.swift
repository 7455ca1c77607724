/// How large what is read from a commit may be.
public struct GitBounds: Hashable, Sendable {
  /// Bytes of one manifest.
  public var file: Int
  /// Bytes of all manifests together.
  public var total: Int

  public init(file: Int = 8 << 20, total: Int = 256 << 20) {
    self.file = file
    self.total = total
  }

  /// Far above what people write, far below what hurts.
  public static let standard = GitBounds()
}

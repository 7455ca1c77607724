/// A place in a source text.
public struct SourcePosition: Hashable, Comparable, Codable, Sendable {
  /// One-based.
  public let line: Int
  /// One-based, counted in Unicode scalars.
  public let column: Int
  /// Zero-based, counted in bytes of UTF-8.
  public let offset: Int

  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.offset < right.offset
  }
}

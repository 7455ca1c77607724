/// A stretch of a source text; `end` is exclusive.
public struct SourceRange: Hashable, Codable, Sendable {
  /// The file as the user named it; `<stdin>` for standard input.
  public let file: String
  public let start: SourcePosition
  public let end: SourcePosition

  public init(file: String, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.start = start
    self.end = end
  }
}

/// How to mend a mistake.
public struct Help: Hashable, Codable, Sendable {
  public let text: String
  /// The text to put in place of the primary range, where there is one obvious fix.
  public let replacement: String?

  public init(_ text: String, replacement: String? = nil) {
    self.text = text
    self.replacement = replacement
  }
}

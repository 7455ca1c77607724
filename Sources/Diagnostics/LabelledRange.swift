/// A further place that a diagnostic speaks of, with a word on why.
public struct LabelledRange: Hashable, Codable, Sendable {
  public let range: SourceRange
  public let label: String

  public init(_ range: SourceRange, _ label: String) {
    self.range = range
    self.label = label
  }
}

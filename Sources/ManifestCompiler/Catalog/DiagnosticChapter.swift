/// Diagnostics that belong together.
public struct DiagnosticChapter: Sendable {
  public let title: String
  public let entries: [DiagnosticEntry]

  public init(_ title: String, _ entries: [DiagnosticEntry]) {
    self.title = title
    self.entries = entries.sorted { $0.code < $1.code }
  }
}

/// All diagnostics of one run, in the order they are shown: the value that is printed as JSON and from which the text is made.
public struct DiagnosticReport: Hashable, Codable, Sendable {
  public let apiVersion: String
  public let kind: String
  public let items: [Diagnostic]
  public let errors: Int
  public let warnings: Int

  /// Sorts, and leaves out what is said twice.
  public init(_ diagnostics: [Diagnostic]) {
    apiVersion = "pipectl.dev/v1"
    kind = "DiagnosticList"
    items = sortedForReport(diagnostics)
    errors = items.count { $0.severity == .error }
    warnings = items.count { $0.severity == .warning }
  }

  /// As `2 errors, 1 warning`; empty when there is nothing to say.
  public var summary: String {
    [(errors, "error"), (warnings, "warning")]
      .filter { $0.0 > 0 }
      .map { count, word in "\(count) \(word)\(count == 1 ? "" : "s")" }
      .joined(separator: ", ")
  }
}

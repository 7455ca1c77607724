/// One mistake of a user's, with everything needed to find and mend it.
public struct Diagnostic: Hashable, Codable, Sendable {
  /// Stable: `PC` and four digits; documented in `docs/diagnostics.md`.
  public let code: DiagnosticCode
  public let severity: Severity
  /// One phrase, lower case, no full stop, stating the rule that was broken.
  public let headline: String
  /// Where the mistake is; absent only where there is no text to point at.
  public let primary: SourceRange?
  /// A word or two under the primary range.
  public let label: String?
  public let secondary: [LabelledRange]
  public let notes: [String]
  public let help: Help?
  /// Whether the text in the primary range is a secret, so that no excerpt may show it (law 9).
  public let isConfidential: Bool

  public init(
    _ code: DiagnosticCode,
    _ severity: Severity,
    _ headline: String,
    at primary: SourceRange?,
    label: String? = nil,
    secondary: [LabelledRange] = [],
    notes: [String] = [],
    help: Help? = nil,
    isConfidential: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.headline = headline
    self.primary = primary
    self.label = label
    self.secondary = secondary
    self.notes = notes
    self.help = help
    self.isConfidential = isConfidential
  }
}

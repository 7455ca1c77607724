import Diagnostics

extension Diagnostic {
  /// An error.
  init(
    _ code: DiagnosticCode, _ headline: String, at primary: SourceRange?, label: String? = nil,
    secondary: [LabelledRange] = [], help: Help? = nil
  ) {
    self.init(code, .error, headline, at: primary, label: label, secondary: secondary, help: help)
  }
}

import Diagnostics

/// What looking at connectors brought to light.
struct LiveReport: Sendable {
  let diagnostics: [Diagnostic]
  /// For people: each pipeline and its two ends.
  let text: String
  /// The signal that ended the look early.
  let signal: Int32?
}

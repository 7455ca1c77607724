internal import PipelineModel

/// Whether a connector that was asked for its help starts at all.
///
/// A refusal to understand `--help` is a start; a program that cannot load what it needs is not.
enum StartCheck {
  static let timeLimit: Int64 = 60_000

  /// What is wrong; nil where it starts.
  static func trouble(_ end: InstallStepEnd) -> String? {
    guard !end.isOverdue else { return nil }
    switch end.exit {
    case .code(0): return nil
    case .signal(let number): return "it was killed by signal \(number)"
    case .code(let code):
      if code == 126 || code == 127 { return end.lines.last ?? "it exited with \(code)" }
      guard end.lines.contains(where: { line in signs.contains { line.contains($0) } }) else { return nil }
      return end.lines.last { !$0.isEmpty && !$0.hasPrefix(" ") }
    }
  }

  private static let signs = [
    "Traceback (most recent call last)", "ModuleNotFoundError", "ImportError", "command not found", "bad interpreter",
  ]
}

/// The report as workflow commands of GitHub Actions, which it shows beside the lines of a change: one line each, errors first.
///
/// - Parameter path: the name of a file from the root of the checkout; nil for what is no file.
public func renderGitHub(_ report: DiagnosticReport, path: (String) -> String?) -> String {
  let errors = report.items.filter { $0.severity == .error }
  let others = report.items.filter { $0.severity != .error }
  return (errors + others).map { command(for: $0, path: path) + "\n" }.joined()
}

private func command(for diagnostic: Diagnostic, path: (String) -> String?) -> String {
  let file = diagnostic.primary.flatMap { path($0.file) }
  let place = file.map { [("file", $0)] + numbers(of: diagnostic.primary) } ?? []
  let properties = (place + [("title", diagnostic.code.text)]).map { "\($0.0)=\(escapedProperty($0.1))" }
  let message = message(of: diagnostic, isPlaced: file != nil)
  return "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))::\(escapedMessage(message))"
}

/// GitHub counts the last line and column as part of the range, and takes columns only within one line.
private func numbers(of range: SourceRange?) -> [(String, String)] {
  guard let range else { return [] }
  let (start, end) = (range.start, range.end)
  let lastLine = end.column == 1 && end.line > start.line ? end.line - 1 : end.line
  let lines = [("line", "\(start.line)"), ("endLine", "\(lastLine)")]
  guard end.line == start.line else { return lines }
  return lines + [("col", "\(start.column)"), ("endColumn", "\(max(start.column, end.column - 1))")]
}

private func message(of diagnostic: Diagnostic, isPlaced: Bool) -> String {
  var headline = printable(diagnostic.headline)
  if let range = diagnostic.primary, !isPlaced {
    headline = "\(printable(range.file)):\(range.start.line):\(range.start.column): " + headline
  }
  let notes = diagnostic.notes.map { "note: \(printable($0))" }
  let help = diagnostic.help.map { ["help: \(printable($0.text))"] } ?? []
  return ([headline] + notes + help).joined(separator: "\n")
}

private func escapedMessage(_ text: String) -> String {
  text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
}

private func escapedProperty(_ text: String) -> String {
  escapedMessage(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
}

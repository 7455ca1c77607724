/// The diagnostics as a person reads them, sorted, with the lines they speak of and a summary at the end; empty when there are none.
///
/// `sources` has the bytes of the files by the names that the ranges use; a file that is not there is named without its lines.
public func renderText(_ diagnostics: [Diagnostic], sources: [String: [UInt8]], color: Bool) -> String {
  renderText(DiagnosticReport(diagnostics), sources: sources, color: color)
}

/// The report as a person reads it.
public func renderText(_ report: DiagnosticReport, sources: [String: [UInt8]], color: Bool) -> String {
  guard !report.items.isEmpty else { return "" }
  let summary = Palette(isOn: color).paint(report.summary, .headline) + "\n"
  return (renderTexts(report, sources: sources, color: color) + [summary]).joined(separator: "\n")
}

/// Each diagnostic of the report as a person reads it, in the report's order.
public func renderTexts(_ report: DiagnosticReport, sources: [String: [UInt8]], color: Bool) -> [String] {
  let palette = Palette(isOn: color)
  let sources = masked(sources, for: report)
  return report.items.map { DiagnosticText($0, sources: sources, palette: palette).text }
}

/// The sources with every confidential range starred out, whichever diagnostic shows its line.
private func masked(_ sources: [String: [UInt8]], for report: DiagnosticReport) -> [String: [UInt8]] {
  var sources = sources
  for range in report.items.filter(\.isConfidential).compactMap(\.primary) {
    guard let count = sources[range.file]?.count else { continue }
    for offset in max(0, range.start.offset)..<max(range.start.offset, min(range.end.offset, count)) {
      sources[range.file]?[offset] = UInt8(ascii: "*")
    }
  }
  return sources
}

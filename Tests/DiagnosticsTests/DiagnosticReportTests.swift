import Diagnostics
import Foundation
import Testing

@Suite struct `A report of diagnostics` {
  private func diagnostic(_ code: String, _ file: String, _ line: Int, _ column: Int, _ headline: String = "x")
    -> Diagnostic
  {
    let position = SourcePosition(line: line, column: column, offset: line * 100 + column)
    return Diagnostic(
      DiagnosticCode(code), .error, headline, at: SourceRange(file: file, start: position, end: position))
  }

  @Test func `is sorted by file, line, column, code, and says nothing twice`() {
    let sorted = [
      Diagnostic(DiagnosticCode("PC0500"), .error, "no place", at: nil),
      diagnostic("PC0002", "a.yaml", 2, 9),
      diagnostic("PC0001", "a.yaml", 10, 1),
      diagnostic("PC0002", "a.yaml", 10, 1, "a"),
      diagnostic("PC0002", "a.yaml", 10, 1, "b"),
      diagnostic("PC0001", "a.yaml", 10, 2),
      diagnostic("PC0001", "b.yaml", 1, 1),
    ]
    for turn in sorted.indices {
      let turned = Array(sorted[turn...] + sorted[..<turn])
      #expect(sortedForReport(turned + turned.reversed()) == sorted)
    }
  }

  @Test func `counts errors and warnings`() {
    let warning = Diagnostic(DiagnosticCode("PC0001"), .warning, "w", at: nil)
    let report = DiagnosticReport([warning, diagnostic("PC0001", "a", 1, 1), diagnostic("PC0001", "a", 1, 2), warning])
    #expect(report.errors == 2)
    #expect(report.warnings == 1)
    #expect(report.summary == "2 errors, 1 warning")
  }

  @Test func `is JSON that can be read back`() throws {
    let place = SourcePosition(line: 1, column: 2, offset: 1)
    let report = DiagnosticReport([
      Diagnostic(
        DiagnosticCode("PC0107"), .error, "hour", at: SourceRange(file: "a.yaml", start: place, end: place),
        label: "hour",
        help: Help("use 1", replacement: "1"))
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(report)
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"{"apiVersion":"pipectl.dev/v1","errors":1,"items":[{"code":"PC0107","headline":"hour","help":{"replacement":"1","text":"use 1"},"#
        + #""isConfidential":false,"label":"hour","notes":[],"primary":{"end":{"column":2,"line":1,"offset":1},"file":"a.yaml","start":{"column":2,"line":1,"offset":1}},"#
        + #""secondary":[],"severity":"error"}],"kind":"DiagnosticList","warnings":0}"#)
    #expect(try JSONDecoder().decode(DiagnosticReport.self, from: json) == report)
  }
}

import Diagnostics
import Testing

@Suite struct `Workflow commands of GitHub` {
  private func range(_ start: (Int, Int), _ end: (Int, Int), file: String = "a.yaml") -> SourceRange {
    SourceRange(
      file: file, start: SourcePosition(line: start.0, column: start.1, offset: 0),
      end: SourcePosition(line: end.0, column: end.1, offset: 1))
  }

  private func lines(_ diagnostics: Diagnostic..., path: (String) -> String? = { $0 }) -> [String] {
    renderGitHub(DiagnosticReport(diagnostics), path: path).split(separator: "\n").map(String.init)
  }

  @Test func `name file, line, columns and code, the end included`() {
    let found = Diagnostic(DiagnosticCode("PC0107"), .error, "hour 25 is too late", at: range((14, 16), (14, 18)))
    #expect(
      lines(found) == ["::error file=a.yaml,line=14,endLine=14,col=16,endColumn=17,title=PC0107::hour 25 is too late"])
  }

  @Test func `have no columns across lines, and do not reach into a line of which nothing is meant`() {
    let found = Diagnostic(DiagnosticCode("PC0202"), .error, "x", at: range((5, 3), (9, 1)))
    #expect(lines(found) == ["::error file=a.yaml,line=5,endLine=8,title=PC0202::x"])
    let empty = Diagnostic(DiagnosticCode("PC0202"), .error, "x", at: range((5, 3), (5, 3)))
    #expect(lines(empty) == ["::error file=a.yaml,line=5,endLine=5,col=3,endColumn=3,title=PC0202::x"])
  }

  @Test func `keep notes and help in one line, and what would end or steer a command escaped`() {
    let found = Diagnostic(
      DiagnosticCode("PC0201"), .warning, "100% of `a\n::error::b`", at: range((1, 1), (1, 2), file: "a,b:c%.yaml"),
      notes: ["see, there: it is"], help: Help("use `c`"))
    #expect(
      lines(found) == [
        "::warning file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=PC0201"
          + "::100%25 of `a<U+000A>::error::b`%0Anote: see, there: it is%0Ahelp: use `c`"
      ])
  }

  @Test func `come with errors first, for GitHub shows ten of each kind`() {
    let warning = Diagnostic(DiagnosticCode("PC0001"), .warning, "w", at: range((1, 1), (1, 2)))
    let error = Diagnostic(DiagnosticCode("PC0002"), .error, "e", at: range((9, 1), (9, 2)))
    #expect(lines(warning, error).map { $0.prefix(7) } == ["::error", "::warni"])
  }

  @Test func `name no file where there is none, but the place in the words`() {
    let piped = Diagnostic(DiagnosticCode("PC0002"), .error, "e", at: range((9, 1), (9, 2), file: "<stdin>"))
    #expect(lines(piped, path: { _ in nil }) == ["::error title=PC0002::<stdin>:9:1: e"])
    let unplaced = Diagnostic(DiagnosticCode("PC0501"), .error, "no such file", at: nil)
    #expect(lines(unplaced) == ["::error title=PC0501::no such file"])
  }

  @Test func `are none for an empty report`() {
    #expect(lines().isEmpty)
  }
}

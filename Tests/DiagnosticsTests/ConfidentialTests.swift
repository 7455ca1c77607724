import Diagnostics
import Testing

@Suite struct ConfidentialTests {
  private let source = Array("config: {user: x, password: hunter2}\n".utf8)

  private func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(
      file: "a.yaml", start: SourcePosition(line: 1, column: start + 1, offset: start),
      end: SourcePosition(line: 1, column: end + 1, offset: end))
  }

  @Test func `a secret that is written out appears in no excerpt, not even in that of another mistake on its line`() {
    let secret = Diagnostic(
      DiagnosticCode("PC0116"), .warning, "a secret is written out", at: range(28, 35), isConfidential: true)
    let other = Diagnostic(DiagnosticCode("PC0201"), .error, "unknown key `user`", at: range(9, 13))
    let text = renderText([secret, other], sources: ["a.yaml": source], color: false)
    #expect(!text.contains("hunter2"))
    #expect(text.contains("password: *******}"))
  }
}

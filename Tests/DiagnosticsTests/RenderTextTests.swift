import Diagnostics
import Testing

@Suite struct `Rendering diagnostics as text` {
  let orders = SourceText(
    "pipelines/orders.yaml",
    """
    kind: Pipeline
    metadata:
      name: orders
    spec:
      schedule: {cron: "0 25 * * *"}
      source: shop-db
    """)

  private func render(_ diagnostics: [Diagnostic], _ sources: SourceText..., color: Bool = false) -> String {
    let named = sources.map { ($0.file, $0.bytes) }
    return renderText(diagnostics, sources: Dictionary(named) { first, _ in first }, color: color)
  }

  @Test func `a mistake is shown in its line, with a label and the way to mend it`() {
    let diagnostic = Diagnostic(
      DiagnosticCode("PC0107"), .error, "schedule hour 25 is outside 0...23", at: orders.range(of: "25"), label: "hour",
      help: Help("use `0 1 * * *` for 01:00"))
    #expect(
      render([diagnostic], orders) == """
        error[PC0107]: schedule hour 25 is outside 0...23
         --> pipelines/orders.yaml:5:23
          |
        5 |   schedule: {cron: "0 25 * * *"}
          |                       ^^ hour
          = help: use `0 1 * * *` for 01:00

        1 error

        """)
  }

  @Test func `further places in the same file are underlined with dashes, in the order of the text`() {
    let diagnostic = Diagnostic(
      DiagnosticCode("PC0005"), .error, "twice", at: orders.range(of: "source"), label: "again here",
      secondary: [
        LabelledRange(orders.range(of: "kind"), "first here"), LabelledRange(orders.range(of: "shop-db"), "this value"),
      ],
      notes: ["a note"])
    #expect(
      render([diagnostic], orders) == """
        error[PC0005]: twice
         --> pipelines/orders.yaml:6:3
          |
        1 | kind: Pipeline
          | ---- first here
        ...
        6 |   source: shop-db
          |   ^^^^^^ again here
          |           ------- this value
          = note: a note

        1 error

        """)
  }

  @Test func `a place in another file has an arrow of its own`() {
    let other = SourceText("b.yaml", String(repeating: "#\n", count: 11) + "name: orders\n")
    let diagnostic = Diagnostic(
      DiagnosticCode("PC0210"), .error, "the name `orders` is taken", at: orders.range(of: "orders"),
      secondary: [LabelledRange(other.range(of: "orders"), "first here")])
    #expect(
      render([diagnostic], orders, other) == """
        error[PC0210]: the name `orders` is taken
          --> pipelines/orders.yaml:3:9
           |
         3 |   name: orders
           |         ^^^^^^
          --> b.yaml:12:7
           |
        12 | name: orders
           |       ------ first here

        1 error

        """)
  }

  @Test func `without the source, and without a place, what is known is still said`() {
    let unseen = Diagnostic(
      DiagnosticCode("PC0001"), .warning, "odd", at: orders.range(of: "kind"),
      secondary: [LabelledRange(orders.range(of: "spec"), "because of this")])
    let placeless = Diagnostic(
      DiagnosticCode("PC0500"), .error, "no manifests", at: nil, help: Help("give a folder with -f"))
    #expect(
      render([unseen, placeless]) == """
        error[PC0500]: no manifests
         = help: give a folder with -f

        warning[PC0001]: odd
         --> pipelines/orders.yaml:1:1
         --> pipelines/orders.yaml:4:1 (because of this)

        1 error, 1 warning

        """)
  }

  @Test func `carets stand under their text behind tabs, wide characters and combining ones`() {
    let source = SourceText("a.yaml", "\tkey: x\n名前: x\ne\u{301}e\u{301}: x\n")
    let rows = (1...3).map { line in
      let position = { (column: Int, offset: Int) in SourcePosition(line: line, column: column, offset: offset) }
      let offset = [6, 16, 26][line - 1]
      return Diagnostic(
        DiagnosticCode("PC0001"), .error, "x",
        at: SourceRange(file: "a.yaml", start: position(1, offset), end: position(2, offset + 1)))
    }
    let text = render(rows, source)
    #expect(text.contains("1 |     key: x\n  |          ^\n"))
    #expect(text.contains("2 | 名前: x\n  |       ^\n"))
    #expect(text.contains("3 | e\u{301}e\u{301}: x\n  |     ^\n"))
  }

  @Test func `a very long line is clipped around the mistake`() {
    let source = SourceText(
      "a.yaml", "k: \(String(repeating: "a", count: 5_000))HERE\(String(repeating: "b", count: 5_000))\n")
    let text = render([Diagnostic(DiagnosticCode("PC0012"), .error, "long", at: source.range(of: "HERE"))], source)
    #expect(
      text == """
        error[PC0012]: long
         --> a.yaml:1:5004
          |
        1 | …\(String(repeating: "a", count: 80))HERE\(String(repeating: "b", count: 76))…
          |  \(String(repeating: " ", count: 80))^^^^

        1 error

        """)
  }

  @Test func `a range over several lines is underlined to the end of the first`() {
    let source = SourceText("a.yaml", "key: |\n  one\n  two\n")
    let text = render(
      [Diagnostic(DiagnosticCode("PC0012"), .error, "long", at: source.range(of: "|\n  one\n  two"))], source)
    #expect(text.contains("1 | key: |\n  |      ^\n"))
  }

  @Test func `a place at the end of a file, and one beyond it, are drawn`() {
    let source = SourceText("a.yaml", "a: 1")
    let end = SourcePosition(line: 1, column: 5, offset: 4)
    let beyond = SourcePosition(line: 9, column: 9, offset: 999)
    for position in [end, beyond] {
      let range = SourceRange(file: "a.yaml", start: position, end: position)
      #expect(render([Diagnostic(DiagnosticCode("PC0014"), .error, "end", at: range)], source).contains("|     ^\n"))
    }
  }

  @Test func `what a terminal would obey is shown by its name`() {
    let source = SourceText("a\u{1B}[2J.yaml", "k: \u{202E}x\u{1B}[31m\n")
    let diagnostic = Diagnostic(
      DiagnosticCode("PC0023"), .error, "bad \u{1B}[1m", at: source.range(of: "\u{202E}"), label: "\u{07}",
      help: Help("a\nb"))
    let text = render([diagnostic], source)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x202E) })
    #expect(text.contains("1 | k: <U+202E>x<U+001B>[31m\n  |    ^^^^^^^^ <U+0007>\n"))
  }

  @Test func `bytes that are not UTF-8 do not move the carets`() {
    let range = SourceRange(
      file: "a", start: SourcePosition(line: 1, column: 7, offset: 6),
      end: SourcePosition(line: 1, column: 8, offset: 7))
    let text = renderText(
      [Diagnostic(DiagnosticCode("PC0001"), .error, "x", at: range)],
      sources: ["a": [0x6B, 0x3A, 0x20, 0xE9, 0xFF, 0x20, 0x78]], color: false)
    #expect(text.contains("1 | k: \u{FFFD}\u{FFFD} x\n  |       ^\n"))
  }

  @Test func `colour changes nothing but the colour`() {
    let diagnostics = [
      Diagnostic(
        DiagnosticCode("PC0107"), .error, "hour", at: orders.range(of: "25"), label: "hour", help: Help("mend it")),
      Diagnostic(DiagnosticCode("PC0108"), .warning, "odd", at: orders.range(of: "kind"), notes: ["a note"]),
    ]
    let colored = render(diagnostics, orders, color: true)
    #expect(colored.contains("\u{1B}[1;31merror[PC0107]\u{1B}[0m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == render(diagnostics, orders))
  }

  @Test func `nothing wrong is no text`() {
    #expect(render([]) == "")
  }
}

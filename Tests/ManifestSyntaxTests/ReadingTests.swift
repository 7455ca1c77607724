import Diagnostics
import ManifestSyntax
import Testing

@Suite struct `Reading manifests` {
  private func value(_ text: String) -> String {
    let result = read("k: \(text)\n")
    #expect(result.diagnostics.isEmpty, "\(text)")
    guard let root = result.documents.first?.root, case .mapping(let entries) = root.content else { return "" }
    return entries.map { shape($0.value) }.joined()
  }

  @Test(arguments: [
    ("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("nUll", "'nUll"),
    ("true", "true"), ("False", "false"), ("yes", "'yes"), ("No", "'No"), ("on", "'on"), ("off", "'off"), ("y", "'y"),
    ("0", "0"), ("-0", "0"), ("+5", "5"), ("-17", "-17"), ("0o17", "15"), ("0x1F", "31"), ("0b11", "'0b11"),
    ("1_000", "'1_000"), ("12:30:45", "'12:30:45"), ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"), ("1.5", "1.5<1.5>"), ("1.", "1.0<1.>"), (".5", "0.5<.5>"),
    ("1e3", "1000.0<1e3>"), ("-1.5E-1", "-0.15<-1.5E-1>"), ("00.5", "0.5<00.5>"), ("1.2.3", "'1.2.3"), (".", "'."),
    ("-", "[null]"),
    ("+", "'+"), ("1e", "'1e"), (".e1", "'.e1"), ("2026-11-21", "'2026-11-21"), ("0x", "'0x"), ("0o8", "'0o8"),
    ("-0x1", "'-0x1"),
    ("\"5\"", "\"5\""), ("'it''s'", "\"it's\""), ("\"a\\tb\"", "\"a\tb\""), ("a b", "'a b"), ("[1, a]", "[1, 'a]"),
    ("{a: 1, b: [x]}", "{a: 1, b: ['x]}"), ("|\n  a\n  b", "|a\nb\n|"), (">-\n  a\n  b", "|a b|"),
    ("${name}", "'${name}"),
  ])
  func `scalars are those of the YAML 1.2 core schema`(text: String, expected: String) {
    if text == "-" {
      #expect(read("- \n").documents.map { shape($0.root) } == [expected])
    } else {
      #expect(value(text) == expected)
    }
  }

  @Test func `keys keep their order`() {
    let result = read("b: 1\na:\n  - x\n  - {d: 1, c: 2}\n")
    #expect(result.documents.map { shape($0.root) } == ["{b: 1, a: ['x, {d: 1, c: 2}]}"])
  }

  @Test func `every document is read`() {
    let result = read("a: 1\n---\nb: 2\n...\n---\n# a comment\nc: 3\n---\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { shape($0.root) } == ["{a: 1}", "{b: 2}", "{c: 3}"])
    #expect(result.documents.map(\.index) == [0, 1, 2])
    #expect(result.documents.map(\.root.range.start.line) == [1, 3, 7])
  }

  @Test func `aliases repeat their value`() {
    let result = read("a: &x {k: [1, 2]}\nb: *x\nc: &y text\nd: *y\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { shape($0.root) } == ["{a: {k: [1, 2]}, b: {k: [1, 2]}, c: 'text, d: 'text}"])
  }

  @Test func `a byte order mark is skipped, and lines may end in CR LF`() {
    let result = read("\u{FEFF}a: 1\r\nb:\r\n  - é\r\n---\r\nc: 2\r\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { shape($0.root) } == ["{a: 1, b: ['é]}", "{c: 2}"])
    #expect(result.documents.last?.root.range.start == SourcePosition(line: 5, column: 1, offset: 26))
  }

  @Test func `the directive of YAML 1.2 may stand there`() {
    #expect(read("%YAML 1.2\n---\na: 1\n").diagnostics.isEmpty)
  }

  @Test func `joiners may stand in text`() {
    #expect(read("# 👩\u{200D}💻\na: 👩\u{200D}💻\n").diagnostics.isEmpty)
  }

  @Test func `a large mapping is read, and a double in it found`() {
    let lines = (0..<2_000).map { "key\($0): \($0)" }
    #expect(codes(lines.joined(separator: "\n")) == [])
    #expect(codes((lines + ["key7: x", "key1999: x"]).joined(separator: "\n")) == [.duplicateKey, .duplicateKey])
  }
}

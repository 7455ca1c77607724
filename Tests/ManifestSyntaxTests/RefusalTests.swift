import Diagnostics
import ManifestSyntax
import Testing

@Suite struct `What a manifest may not have` {
  @Test(
    arguments: [
      ("a: 1\nb: 2\na: 3\n", [.duplicateKey]), ("a: {b: 1, 'b': 2}\n", [.duplicateKey]),
      ("a: 1\na: 2\na: 3\n", [.duplicateKey, .duplicateKey]),
      ("<<: {a: 1}\n", [.mergeKey]), ("a: !!str 5\n", [.tag]), ("a: !foo {b: 1}\n", [.tag]), ("a: !x!y z\n", [.tag]),
      ("! a: 1\n", [.tag]),
      ("a: *b\n", [.undefinedAlias]), ("a: &x 1\n---\nb: *x\n", [.undefinedAlias]), ("a: &x [*x]\n", [.recursiveAlias]),
      ("a: &x {b: {c: *x}}\n", [.recursiveAlias]), ("[a]: 1\n", [.complexKey]), ("{{ a }}: 1\n", [.complexKey]),
      ("a: {{ b }}\n", [.complexKey]),
      ("a: &x 1\n*x : 2\n", [.complexKey]), ("? {a: 1}\n: 2\n", [.complexKey]), ("5: a\n", [.keyNotString]),
      ("true: a\n", [.keyNotString]),
      ("null: a\n", [.keyNotString]), ("1.5: a\n", [.keyNotString]), ("? \n: a\n", [.keyNotString]),
      ("0755: a\n", [.leadingZero]),
      ("%YAML 1.1\n---\na: 1\n", [.directive]), ("%YAML 2.0\n---\na: 1\n", [.directive]),
      ("%TAG ! tag:x,1:\n---\na: 1\n", [.directive]),
      ("%FOO\n---\na: 1\n", [.directive]), ("a: 9223372036854775808\n", [.integerOutOfRange]),
      ("a: -9223372036854775809\n", [.integerOutOfRange]),
      ("a: 0xFFFFFFFFFFFFFFFF\n", [.integerOutOfRange]), ("a: .inf\n", [.nonFiniteNumber]),
      ("a: -.Inf\n", [.nonFiniteNumber]),
      ("a: .nan\n", [.nonFiniteNumber]), ("a: 1e999\n", [.nonFiniteNumber]), ("a: 0777\n", [.leadingZero]),
      ("a: -007\n", [.leadingZero]),
      ("a:\n\tb: 1\n", [.tabIndentation]), ("a:\n  - x\n\t- y\n", [.tabIndentation]),
      ("a: 1\n \tb: 2\n", [.tabIndentation]),
      ("", [.emptyFile]), ("# nothing\n", [.emptyFile]), ("---\n", [.emptyFile]), ("---\n...\n", [.emptyFile]),
      ("\n\n", [.emptyFile]),
      ("---\n---\na: 1\n", [.emptyDocument]), ("a: 1\n---\n# none\n---\nb: 1\n", [.emptyDocument]),
      ("---\n---\n---\n", [.emptyDocument, .emptyDocument]),
      ("a: \"x\\0y\"\n", [.nulCharacter]), ("a: x\u{0}y\n", [.nulCharacter]), ("a: \u{7}\n", [.controlCharacter]),
      ("a: \u{7F}\n", [.controlCharacter]),
      ("a: \u{9B}\n", [.controlCharacter]), ("a: \u{FFFE}\n", [.controlCharacter]),
      ("# \u{202E}\na: 1\n", [.invisibleCharacter]),
      ("a: b\u{200B}\n", [.invisibleCharacter]), ("a: 1\u{2028}b: 2\n", [.invisibleCharacter]),
      ("a: 1\u{85}b: 2\n", [.invisibleCharacter]),
      ("a: \u{FEFF}b\n", [.invisibleCharacter]), ("a: b: c\n", [.syntaxError]), ("a: 'b\n", [.syntaxError]),
      ("a: [b\n", [.syntaxError]),
      ("a: @b\n", [.syntaxError]), ("a: 1\nb\n", [.syntaxError]), ("a: \"\\q\"\n", [.syntaxError]),
      ("- a\nb: 1\n", [.syntaxError]),
    ] as [(String, [DiagnosticCode])])
  func `has a code of its own`(text: String, expected: [DiagnosticCode]) {
    let result = read(text)
    #expect(result.diagnostics.map(\.code) == expected)
    #expect(result.diagnostics.allSatisfy { $0.severity == .error && $0.primary != nil })
  }

  @Test func `a character that looks like a space is only warned of`() {
    let result = read("a:\u{A0}b\n")
    #expect(result.diagnostics.map(\.code) == [.invisibleCharacter])
    #expect(result.diagnostics.map(\.severity) == [.warning])
    #expect(result.documents.count == 1)
  }

  @Test func `every mistake of a document is told`() {
    #expect(codes("a: 0777\nb: !x 1\nc: *d\na: 2\n") == [.leadingZero, .tag, .undefinedAlias, .duplicateKey])
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0, 0x3A, 0], [0, 0x61, 0, 0x3A], [0xFF, 0xFE, 0, 0],
      [0, 0, 0xFE, 0xFF],
    ] as [[UInt8]])
  func `UTF-16 and UTF-32 are named`(bytes: [UInt8]) {
    #expect(parseManifest(bytes: bytes, file: "m.yaml").diagnostics.map(\.code) == [.unsupportedEncoding])
  }

  @Test(
    arguments: [
      [0xE9], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0x80], [0xFF],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are found at their place`(bytes: [UInt8]) {
    let text = Array("a: 1\nb: é".utf8) + bytes + Array("\nc: 1\n---\nd: 1\n".utf8)
    let result = parseManifest(bytes: text, file: "m.yaml")
    #expect(result.diagnostics.map(\.code) == [.invalidUTF8])
    #expect(result.diagnostics.first?.primary?.start == SourcePosition(line: 2, column: 5, offset: 10))
    #expect(result.documents.map { shape($0.root) } == ["{d: 1}"])
  }
}

@Suite struct `A broken document among others` {
  @Test(arguments: [
    "a: 'never closed", "a: [1, 2", "a: {b", "a: b: c", "a:\n\tb", "x\ny: 1", "a: 1\na: 2", "a: *x", "a: \u{0}",
    "a: \u{202E}", "a: \"\\q\"", "a: 1\n b: 2", "|x\n", "- [\n- ]",
  ])
  func `does not hide them`(broken: String) {
    let result = read("é: 1\n---\n\(broken)\n---\nb: 2\n---\nc: 3\nc: 4\n---\nd: 5\n")
    #expect(result.documents.map { shape($0.root) } == ["{é: 1}", "{b: 2}", "{d: 5}"])
    #expect(result.diagnostics.last?.code == .duplicateKey)
    #expect(result.diagnostics.count == 2)
  }

  @Test func `is not read twice when its mistake is in its first line`() {
    let result = read("a: 1\n--- b: c\n---\nd: 1\n")
    #expect(result.diagnostics.map(\.code) == [.syntaxError])
    #expect(result.documents.map { shape($0.root) } == ["{a: 1}", "{d: 1}"])
  }

  @Test func `keeps the positions and numbers of those behind it`() {
    let result = read("é: 'x\n---\nb: 2\n---\nc: é\n")
    #expect(result.documents.map(\.index) == [1, 2])
    #expect(
      result.documents.map(\.root.range.start) == [
        SourcePosition(line: 3, column: 1, offset: 11), SourcePosition(line: 5, column: 1, offset: 20),
      ])
    #expect(result.documents.last?.root.range.end == SourcePosition(line: 5, column: 5, offset: 25))
  }

  @Test func `one mistake is one message`() {
    #expect(
      rendered("metadata:\n  name: orders\nspec:\n  job:\n    action: 'start\n---\nkind: Source\n") == """
        error[PC0024]: this quote is never closed
         --> m.yaml:5:13
          |
        5 |     action: 'start
          |             ^ opened here
          = help: add the closing quote

        1 error

        """)
  }
}

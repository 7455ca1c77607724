import Diagnostics
import ManifestSyntax
import Testing

@Suite struct `Bounds` {
  @Test func `an alias bomb of nine levels fails fast`() {
    let levels = (0..<9).map { level in
      let item = level == 0 ? "lol" : "*l\(level - 1)"
      return "l\(level): &l\(level) [\(Array(repeating: item, count: 9).joined(separator: ", "))]\n"
    }
    let bomb = levels.joined()
    // 9^9 values: whoever expands them all does not come back.
    #expect(codes(bomb + "---\nb: 1\n") == [.expansionTooLarge])
  }

  @Test func `a bomb spread over documents is one bomb`() {
    let document =
      "a: &a [\(Array(repeating: "x", count: 1_000).joined(separator: ", "))]\nb: [\(Array(repeating: "*a", count: 20).joined(separator: ", "))]\n"
    let text = Array(repeating: document, count: 20).joined(separator: "---\n")
    #expect(codes(document) == [])
    #expect(codes(text).first == .expansionTooLarge)
  }

  @Test func `depth counts what aliases bring`() {
    let bounds = SyntaxBounds(depth: 4)
    #expect(codes("[[[[a]]]]", bounds: bounds) == [])
    #expect(codes("[[[[[a]]]]]", bounds: bounds) == [.nestingTooDeep])
    #expect(codes("a: &a [[1]]\nb: [*a]\n", bounds: bounds) == [])
    #expect(codes("a: &a [[1]]\nb: [[*a]]\n", bounds: bounds) == [.nestingTooDeep])
    #expect(codes("a: &a [1]\nb: &b [*a]\nc: &c [*b]\nd: [*c]\n", bounds: bounds) == [.nestingTooDeep])
    #expect(codes("a: &a [&b [1]]\nb: [[*b]]\nc: &s x\nd: [[[*s]]]\n", bounds: bounds) == [])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `endless nesting is refused`(opening: String) {
    #expect(codes(String(repeating: opening, count: 100_000) + "\n---\nb: 1\n").contains(.nestingTooDeep))
  }

  @Test func `a huge text is refused and not shown whole`() {
    let text = "a: \(String(repeating: "secret", count: 1_000_000))\n---\nb: 1\n"
    let result = read(text)
    #expect(result.diagnostics.map(\.code) == [.scalarTooLong])
    #expect(result.documents.count == 1)
    #expect(rendered(text).utf8.count < 1_000)
  }

  @Test func `a huge key is not shown whole`() {
    let key = String(repeating: "k", count: 900)
    #expect(rendered("\(key): 1\n\(key): 2\n").utf8.count < 2_000)
    #expect(rendered("a: *\(key)\n").utf8.count < 1_000)
  }

  @Test func `a file beyond its bound is not read`() {
    #expect(codes("a: 1\n", bounds: SyntaxBounds(fileSize: 4)) == [.fileTooLarge])
  }

  @Test func `mistakes without end are cut off, and that is said`() {
    let text = Array(repeating: "a: 1\n", count: 5_000).joined()
    let result = codes(text)
    #expect(result.count == SyntaxBounds.standard.diagnostics + 1)
    #expect(result.last == .tooManyProblems)
    #expect(codes(Array(repeating: "a: 'x\n", count: 5_000).joined(separator: "---\n")).count == 201)
    #expect(codes(Array(repeating: "a: \u{7}\n", count: 5_000).joined(separator: "---\n")).last == .tooManyProblems)
  }

  @Test func `what stands behind too many forbidden characters is not left out in silence`() {
    let good = "a: 1\n---\n"
    let bad = String(repeating: "\u{7}", count: 300)
    let result = read(good + "b: \(bad)\n---\nc: 1\n---\nd: 1\n")
    #expect(result.documents.count == 1, "what stands before is read")
    #expect(result.diagnostics.map(\.code) == [.controlCharacter, .tooManyProblems])
    #expect(codes(good + "b: \(bad.prefix(200))\n---\nc: 1\n") == [.controlCharacter], "up to the bound all is read")
    #expect(read(good + "b: \(bad.prefix(200))\n---\nc: 1\n").documents.count == 2)
  }
}

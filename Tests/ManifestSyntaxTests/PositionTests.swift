import Diagnostics
import ManifestSyntax
import Testing

@Suite struct `Positions` {
  /// Every node and key with the source text of its range.
  private func quoted(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    func cut(_ range: SourceRange) -> String {
      String(decoding: bytes[range.start.offset..<range.end.offset], as: UTF8.self)
    }
    func walk(_ node: SyntaxNode) -> [String] {
      switch node.content {
      case .sequence(let items): [cut(node.range)] + items.flatMap(walk)
      case .mapping(let entries): [cut(node.range)] + entries.flatMap { [cut($0.keyRange)] + walk($0.value) }
      case .null, .bool, .int, .float, .string: [cut(node.range)]
      }
    }
    return read(text).documents.flatMap { walk($0.root) }
  }

  @Test func `cover the text of each value, quotes with it, and no more`() {
    let text = "kéy: \"é x\" # c\nlist:\n  - 'b'\n  - {n: 5, m: [ü, z]}\n\nempty:\nlast: q  \n\n# end\n"
    #expect(
      quoted(text) == [
        "kéy: \"é x\" # c\nlist:\n  - 'b'\n  - {n: 5, m: [ü, z]}\n\nempty:\nlast: q",
        "kéy", "\"é x\"", "list", "- 'b'\n  - {n: 5, m: [ü, z]}", "'b'", "{n: 5, m: [ü, z]}", "n", "5", "m", "[ü, z]",
        "ü", "z",
        "empty", "", "last", "q",
      ])
  }

  @Test func `leave the anchor out`() {
    #expect(quoted("a: &x  text\nb: *x\n") == ["a: &x  text", "a", "text", "b", "text"])
  }

  @Test func `count lines and columns from one, columns in characters, offsets in bytes`() {
    let result = read("# é\nä: [ö, 😀x]\n")
    guard case .mapping(let entries)? = result.documents.first?.root.content,
      case .sequence(let items)? = entries.first?.value.content
    else {
      Issue.record("not read")
      return
    }
    #expect(
      items.map(\.range.start) == [
        SourcePosition(line: 2, column: 5, offset: 10), SourcePosition(line: 2, column: 8, offset: 14),
      ])
    #expect(
      items.map(\.range.end) == [
        SourcePosition(line: 2, column: 6, offset: 12), SourcePosition(line: 2, column: 10, offset: 19),
      ])
  }

  private func inside(_ value: String, _ content: Range<Int>) -> String {
    let text = "é: \(value)\n"
    guard case .mapping(let entries)? = read(text).documents.first?.root.content, let node = entries.first?.value else {
      return ""
    }
    let range = range(of: content, in: node)
    #expect(
      range.start.column == node.range.start.column + (range.start.offset - node.range.start.offset)
        || value.contains("ü"))
    return String(decoding: Array(text.utf8)[range.start.offset..<range.end.offset], as: UTF8.self)
  }

  @Test(arguments: [
    ("0 25 * * *", 2..<4, "25"), ("\"0 25 * * *\"", 2..<4, "25"), ("'0 25'", 2..<4, "25"), ("'ü 25'", 3..<5, "25"),
    ("&a '0 25'", 2..<4, "25"),
    ("\"0\\t25\"", 2..<4, "\"0\\t25\""), ("\"\\_25\"", 2..<4, "\"\\_25\""), ("\"\\L\\n25\"", 4..<6, "\"\\L\\n25\""),
    ("'a''25'", 2..<4, "'a''25'"),
    ("0\n  25", 2..<4, "0\n  25"), ("|\n  0 25", 2..<4, "|\n  0 25\n"), ("'0 25'", 3..<9, "'0 25'"),
    ("17", 0..<1, "17"), ("''", 0..<0, ""),
  ])
  func `reach into a text where it is written as it reads`(value: String, content: Range<Int>, expected: String) {
    #expect(inside(value, content) == expected)
  }
}

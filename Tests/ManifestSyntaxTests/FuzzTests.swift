import SeededRandom
import Diagnostics
import ManifestSyntax
import Testing

@Suite struct `Mutated manifests` {
  private static let corpus = """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: &m
      name: orders
      labels: {team: growth, "ünï": [1, 2.5, ~, true]}
    spec:
      streams:
        - {name: public-orders, key: updated_at}
        - name: 'it''s'
      note: |
        two
        lines
      again: *m
    ---
    # 名前
    kind: "Source\\t\\u00e9"
    spec: >-
      folded
      text
    ...
    ---
    - a
    - - b
    """

  private static let pieces = [
    "---\n", "...\n", "\n", "\r\n", "\r", "\t", " ", "  ", "- ", ": ", "?", "? ", "[", "]", "{", "}", ",", "&m ", "*m",
    "!t ", "!!str ", "<<: ", "'", "\"", "\\",
    "|", ">", "|-\n", "#", "%YAML 1.2\n", "@", "`", "\u{0}", "\u{FEFF}", "\u{202E}", "\u{85}", "\u{2028}", "é", "😀",
    "0777", "1e999", ".inf", "99999999999999999999",
  ]

  private static func mutant(_ seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var bytes = Array(corpus.utf8)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3:
        bytes.insert(
          contentsOf: bytes[place..<min(bytes.count, place + 40)], at: Int.random(in: 0...bytes.count, using: &random))
      default: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
      }
    }
    return bytes
  }

  /// What is wrong with a range: outside the text, backwards, or with a line and column that are not those of its offset.
  private func fault(_ range: SourceRange, in bytes: [UInt8]) -> String? {
    guard 0 <= range.start.offset, range.start.offset <= range.end.offset, range.end.offset <= bytes.count else {
      return "outside: \(range)"
    }
    for position in [range.start, range.end] {
      let expected = place(position.offset, in: bytes)
      guard expected == position else { return "\(position) is not \(expected)" }
    }
    return nil
  }

  private func place(_ offset: Int, in bytes: [UInt8]) -> SourcePosition {
    var line = 1
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) && offset >= 3 ? 3 : 0
    for index in start..<max(start, offset) {
      let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if bytes[index] == 0x0A || (bytes[index] == 0x0D && !isPair) {
        line += 1
        start = index + 1
      }
    }
    let column = String(decoding: bytes[start..<max(start, offset)], as: UTF8.self).unicodeScalars.count + 1
    return SourcePosition(line: line, column: column, offset: offset)
  }

  private func ranges(_ node: SyntaxNode) -> [SourceRange] {
    switch node.content {
    case .sequence(let items): [node.range] + items.flatMap(ranges)
    case .mapping(let entries): [node.range] + entries.flatMap { [$0.keyRange] + ranges($0.value) }
    case .null, .bool, .int, .float, .string: [node.range]
    }
  }

  @Test(arguments: 0..<8)
  func `never crash the reader, and every range is a place in the text`(part: Int) {
    for seed in (part * 400)..<((part + 1) * 400) {
      let bytes = Self.mutant(UInt64(seed))
      let result = parseManifest(bytes: bytes, file: "m.yaml")
      #expect(!result.documents.isEmpty || result.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
      let places =
        result.documents.flatMap { ranges($0.root) }
        + result.diagnostics.flatMap { [$0.primary].compactMap(\.self) + $0.secondary.map(\.range) }
      for range in places {
        if let fault = fault(range, in: bytes) { Issue.record("seed \(seed): \(fault)") }
      }
      let text = renderText(result.diagnostics, sources: ["m.yaml": bytes], color: false)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "seed \(seed)")
    }
  }

  @Test func `noise never crashes the reader`() {
    for seed in 0..<500 {
      var random = SplitMix64(seed: UInt64(seed))
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      let result = parseManifest(bytes: bytes, file: "m.yaml")
      #expect(!result.documents.isEmpty || !result.diagnostics.isEmpty)
    }
  }
}

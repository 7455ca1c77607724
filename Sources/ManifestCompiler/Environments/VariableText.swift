import Diagnostics
import ManifestSyntax

/// Finds the variables in a text.
enum VariableText {
  /// Ranges count bytes of UTF-8 from the start of the text.
  enum Piece: Hashable {
    case text(String)
    case variable(String, Range<Int>)
    case malformed(Range<Int>)
  }

  /// `${name}` is a variable, `$$` a dollar sign, and any other `$` itself.
  static func pieces(of text: String) -> [Piece] {
    let bytes = Array(text.utf8)
    let dollar = UInt8(ascii: "$")
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var position = 0
    func flush() {
      if !literal.isEmpty { pieces.append(.text(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    while position < bytes.count {
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      switch (bytes[position], next) {
      case (dollar, dollar):
        literal.append(dollar)
        position += 2
      case (dollar, UInt8(ascii: "{")):
        flush()
        let piece = variable(in: bytes, at: position)
        pieces.append(piece.piece)
        position = piece.end
      default:
        literal.append(bytes[position])
        position += 1
      }
    }
    flush()
    return pieces
  }

  private static func variable(in bytes: [UInt8], at start: Int) -> (piece: Piece, end: Int) {
    guard let brace = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
      return (.malformed(start..<bytes.count), bytes.count)
    }
    let name = String(decoding: bytes[start + 2..<brace], as: UTF8.self)
    let place = start..<brace + 1
    return (TextRule.environmentVariable.accepts(name) ? .variable(name, place) : .malformed(place), brace + 1)
  }

  /// The places of the texts with a variable.
  static func holders(in node: SyntaxNode) -> Set<SourceRange> {
    switch node.content {
    case .null, .bool, .int, .float: return []
    case .string(let text, _):
      let isPlain = pieces(of: text).allSatisfy { if case .text = $0 { true } else { false } }
      return isPlain ? [] : [node.range]
    case .sequence(let items): return items.reduce(into: []) { $0.formUnion(holders(in: $1)) }
    case .mapping(let entries): return entries.reduce(into: []) { $0.formUnion(holders(in: $1.value)) }
    }
  }
}

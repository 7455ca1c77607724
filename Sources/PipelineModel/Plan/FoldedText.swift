/// A text in lower case, to look for words in: byte by byte, since every setting of every pipeline is looked at.
struct FoldedText {
  let bytes: [UInt8]

  /// Leaves out the characters that are not kept.
  init(_ text: String, keeping isKept: (Character) -> Bool) {
    bytes =
      text.utf8.allSatisfy { $0 < 0x80 } ? Self.folded(text, isKept) : Array(text.lowercased().filter(isKept).utf8)
  }

  private static func folded(_ text: String, _ isKept: (Character) -> Bool) -> [UInt8] {
    text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }.filter {
      // Letters and digits are kept by everybody; asking a character is slow.
      $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || isKept(Character(Unicode.Scalar($0)))
    }
  }

  /// Whether a word, in lower case, stands in it.
  func contains(_ word: [UInt8]) -> Bool {
    guard let first = word.first, word.count <= bytes.count else { return word.isEmpty }
    return (0...(bytes.count - word.count)).contains { bytes[$0] == first && bytes[$0...].starts(with: word) }
  }
}

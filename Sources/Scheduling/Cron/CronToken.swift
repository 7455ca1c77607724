/// A piece of a cron expression that knows where it stands.
struct CronToken {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// UTF-8 offsets in the whole text.
  var range: Range<Int> { bytes.startIndex..<bytes.endIndex }

  var isEmpty: Bool { bytes.isEmpty }

  var isStar: Bool { bytes.elementsEqual("*".utf8) }

  /// In either case.
  var isLetterL: Bool { bytes.count == 1 && bytes.first.map { $0 | 0x20 } == UInt8(ascii: "l") }

  var isNumber: Bool { !isEmpty && bytes.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } }

  /// Nil where it is not a number or a very great one.
  var number: Int? { isNumber ? Int(text) : nil }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text for a message: at most 24 characters, one line.
  var quoted: String {
    let visible = text.map { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? "?" : $0 }
    return visible.count <= 24 ? String(visible) : String(visible.prefix(23)) + "…"
  }

  /// Whether it is one value, or the star: no list, range or step.
  var isSingle: Bool { !contains(",") && !contains("/") && !contains("-") }

  func contains(_ character: Unicode.Scalar) -> Bool {
    bytes.contains(UInt8(ascii: character))
  }

  func split(_ separator: Unicode.Scalar) -> [CronToken] {
    bytes.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false).map(CronToken.init)
  }

  func startsWith(_ character: Unicode.Scalar) -> Bool {
    bytes.first == UInt8(ascii: character)
  }

  /// The words of a text, between spaces, tabs and line ends.
  static func words(of text: String) -> [CronToken] {
    let bytes = Array(text.utf8)
    return bytes.split { $0 == 32 || (9...13).contains($0) }.map(CronToken.init)
  }
}

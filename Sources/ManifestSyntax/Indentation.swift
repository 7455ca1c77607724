import CLibYAML

/// The blanks at the start of the line of a mark.
struct Indentation {
  /// Spaces in front of the first other character.
  let width: Int
  /// The tab that stands where only spaces may.
  let tab: yaml_mark_t?

  init(of mark: yaml_mark_t, in text: UnsafeBufferPointer<UInt8>) {
    let start = Self.lineStart(mark.line, in: text)
    var offset = start
    while offset < text.count, text[offset] == UInt8(ascii: " ") { offset += 1 }
    width = offset - start
    guard offset < text.count, text[offset] == UInt8(ascii: "\t"), width <= mark.column else {
      tab = nil
      return
    }
    var place = mark
    place.column = width
    place.index = mark.index - (mark.column - width)
    tab = place
  }

  private static func lineStart(_ line: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var rest = line
    var offset = 0
    while rest > 0, offset < text.count {
      let isPair = text[offset] == 0x0D && offset + 1 < text.count && text[offset + 1] == 0x0A
      if text[offset] == 0x0A || (text[offset] == 0x0D && !isPair) { rest -= 1 }
      offset += 1
    }
    return offset
  }
}

extension String {
  /// With control characters made visible, as `cat -v` shows them: what a connector said, or what a
  /// file is called, must not move a terminal's cursor, set its title, or look like another line.
  var harmless: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return unicodeScalars.map { $0.isControl ? $0.visible : String($0) }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    switch value {
    case 0x09: false
    case 0...0x1F, 0x7F...0x9F: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// `^[` for ESC, `^?` for DEL, `<U+009B>` for what has no such name.
  fileprivate var visible: String {
    switch value {
    case 0...0x1F: "^" + String(Character(Unicode.Scalar(UInt8(value) + 0x40)))
    case 0x7F: "^?"
    default:
      "<U+" + String(repeating: "0", count: value < 0x1000 ? 2 : 0) + String(value, radix: 16, uppercase: true) + ">"
    }
  }
}

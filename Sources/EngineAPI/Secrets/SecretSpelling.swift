/// A way in which a secret is written within a text. Which of its characters are escaped is left to whoever wrote it.
enum SecretSpelling: CaseIterable {
  case plain
  /// Within a string of JSON.
  case json
  /// Within an address.
  case address
  /// Within a form, where a plus is a space.
  case form

  /// Whether a secret may begin with that byte of a text, in any spelling: what is asked of every byte.
  static func mayBegin(_ byte: UInt8, with first: UInt8) -> Bool {
    byte == first || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%")
      || byte == UInt8(ascii: "+") && first == UInt8(ascii: " ")
  }

  /// Where the secret ends that begins there; nil where it does not.
  func end(of secret: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var (place, matched) = (start, 0)
    while matched < secret.count {
      guard place < text.count else { return nil }
      let (bytes, next) = unit(of: text[place...])
      guard secret[matched...].starts(with: bytes) else { return nil }
      (place, matched) = (next, matched + bytes.count)
    }
    return place
  }

  /// What stands first in a text, and where the next begins.
  private func unit(of text: ArraySlice<UInt8>) -> ([UInt8], next: Int) {
    let first = text[text.startIndex]
    let itself = ([first], next: text.startIndex + 1)
    switch (self, first) {
    case (.json, UInt8(ascii: "\\")): return text.dropFirst().jsonEscape ?? itself
    case (.address, UInt8(ascii: "%")), (.form, UInt8(ascii: "%")):
      guard let byte = text.dropFirst().number(digits: 2) else { return itself }
      return ([UInt8(byte)], next: text.startIndex + 3)
    case (.form, UInt8(ascii: "+")): return ([UInt8(ascii: " ")], next: text.startIndex + 1)
    case (.plain, _), (.json, _), (.address, _), (.form, _): return itself
    }
  }
}

extension ArraySlice<UInt8> {
  /// What stands behind a backslash means, and where the next begins; nil where it means nothing.
  fileprivate var jsonEscape: ([UInt8], next: Int)? {
    guard let letter = first else { return nil }
    switch letter {
    case UInt8(ascii: "b"): return ([8], startIndex + 1)
    case UInt8(ascii: "f"): return ([12], startIndex + 1)
    case UInt8(ascii: "n"): return ([10], startIndex + 1)
    case UInt8(ascii: "r"): return ([13], startIndex + 1)
    case UInt8(ascii: "t"): return ([9], startIndex + 1)
    case UInt8(ascii: "u"): return dropFirst().jsonCharacter
    case _: return ([letter], startIndex + 1)
    }
  }

  /// What stands behind `\u`: four digits, or two times four.
  private var jsonCharacter: ([UInt8], next: Int)? {
    guard let high = number(digits: 4) else { return nil }
    if let scalar = Unicode.Scalar(high) { return (Array(String(scalar).utf8), startIndex + 4) }
    let rest = dropFirst(4)
    guard rest.starts(with: Array(#"\u"#.utf8)), let low = rest.dropFirst(2).number(digits: 4) else { return nil }
    guard (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (Array(String(scalar).utf8), startIndex + 10)
  }

  /// Hexadecimal, of either case.
  fileprivate func number(digits: Int) -> UInt32? {
    guard count >= digits else { return nil }
    var number: UInt32 = 0
    for byte in prefix(digits) {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      number = number << 4 + UInt32(digit)
    }
    return number
  }
}

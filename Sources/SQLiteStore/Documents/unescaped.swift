/// The text of a JSON string that holds escapes; nil where they, or its bytes, are wrong.
func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count)
  var position = 0
  while position < bytes.count {
    guard bytes[position] == UInt8(ascii: "\\") else {
      text.append(bytes[position])
      position += 1
      continue
    }
    guard position + 1 < bytes.count, let escape = Escape(bytes, at: position) else { return nil }
    text += escape.utf8
    position += escape.length
  }
  return String(validating: text, as: UTF8.self)
}

/// One escape of a JSON string; two that make one character are one.
private struct Escape {
  let utf8: [UInt8]
  let length: Int

  init?(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
    guard bytes[position + 1] == UInt8(ascii: "u") else {
      guard let byte = Self.short(bytes[position + 1]) else { return nil }
      utf8 = [byte]
      length = 2
      return
    }
    guard let first = Self.unit(bytes, at: position) else { return nil }
    if let scalar = Unicode.Scalar(first) {
      utf8 = Array(String(scalar).utf8)
      length = 6
      return
    }
    guard let second = Self.unit(bytes, at: position + 6), UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(second)
    else { return nil }
    utf8 = Array(String(decoding: [first, second], as: UTF16.self).utf8)
    length = 12
  }

  private static func short(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case _: nil
    }
  }

  /// The four hexadecimal digits of `\u`.
  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt16? {
    guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(position + 2)..<(position + 6)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

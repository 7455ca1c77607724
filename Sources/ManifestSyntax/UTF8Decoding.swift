/// Reads one character of UTF-8, strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF.
enum UTF8Decoding {
  case valid(Unicode.Scalar, length: Int)
  /// `length` bytes that belong together and are no character.
  case invalid(length: Int)

  /// The character whose first byte, not ASCII, is at `offset`.
  static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UTF8Decoding {
    let lead = bytes[offset]
    guard let length = length(lead) else { return .invalid(length: 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for step in 1..<length {
      guard offset + step < bytes.count, accepts(bytes[offset + step], step: step, lead: lead) else {
        return .invalid(length: step)
      }
      value = value << 6 | UInt32(bytes[offset + step] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return .invalid(length: length) }
    return .valid(scalar, length: length)
  }

  private static func length(_ lead: UInt8) -> Int? {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  private static func accepts(_ byte: UInt8, step: Int, lead: UInt8) -> Bool {
    guard step == 1 else { return byte & 0xC0 == 0x80 }
    return switch lead {
    case 0xE0: (0xA0...0xBF).contains(byte)
    case 0xED: (0x80...0x9F).contains(byte)
    case 0xF0: (0x90...0xBF).contains(byte)
    case 0xF4: (0x80...0x8F).contains(byte)
    default: byte & 0xC0 == 0x80
    }
  }
}

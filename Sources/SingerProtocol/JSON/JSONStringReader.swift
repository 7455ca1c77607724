/// Reads one JSON string that begins at a quotation mark.
struct JSONStringReader {
  private let bytes: UnsafeRawBufferPointer
  /// Behind the closing quotation mark, once read.
  private(set) var position: Int

  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    self.bytes = bytes
    position = start + 1
  }

  mutating func read() throws(JSONSyntaxError) -> String {
    let start = position
    let end = try plainRun()
    if bytes[end] == UInt8(ascii: "\"") {
      position = end + 1
      return try text(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), from: start)
    }
    position = start
    return try escaped(from: start)
  }

  private mutating func escaped(from start: Int) throws(JSONSyntaxError) -> String {
    var decoded: [UInt8] = []
    while true {
      let run = position
      let end = try plainRun()
      decoded.append(contentsOf: bytes[run..<end])
      position = end + 1
      if bytes[end] == UInt8(ascii: "\"") { break }
      try appendEscape(to: &decoded)
    }
    guard let text = String(validating: decoded, as: UTF8.self) else { throw JSONSyntaxError(.badUTF8, at: start) }
    return text
  }

  /// The offset of the next quotation mark or backslash.
  private func plainRun() throws(JSONSyntaxError) -> Int {
    var offset = position
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return offset }
      if byte < 0x20 { throw JSONSyntaxError(.controlCharacter, at: offset) }
      offset += 1
    }
    throw JSONSyntaxError(.unexpectedEnd, at: bytes.count)
  }

  private func text(_ run: UnsafeRawBufferPointer, from start: Int) throws(JSONSyntaxError) -> String {
    guard let text = String(validating: run.bindMemory(to: UInt8.self), as: UTF8.self) else {
      throw JSONSyntaxError(.badUTF8, at: start)
    }
    return text
  }

  private mutating func appendEscape(to decoded: inout [UInt8]) throws(JSONSyntaxError) {
    guard position < bytes.count else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
    let escape = bytes[position]
    position += 1
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(escape)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded.append(contentsOf: String(Character(try scalar())).utf8)
    default: throw JSONSyntaxError(.badEscape, at: position - 2)
    }
  }

  private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position - 2
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw JSONSyntaxError(.loneSurrogate, at: start) }
    position += 2
    let second = try fourHexDigits()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw JSONSyntaxError(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
        throw JSONSyntaxError(.badEscape, at: position)
      }
      value = value << 4 + UInt32(digit)
      position += 1
    }
    return value
  }
}

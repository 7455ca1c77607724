import Diagnostics

/// One pass over the bytes of a file, before any YAML is read: what may not stand there at all.
struct ByteScan {
  private(set) var faults: [ByteFault] = []
  private(set) var isASCII = true

  private let bytes: UnsafeBufferPointer<UInt8>
  private let limit: Int
  private var offset: Int
  /// The line that was reached.
  private(set) var line = 1
  private var lineStart: Int
  /// Bytes of the line so far that did not start a character.
  private var continuations = 0

  /// Starts behind the byte order mark, if there is one.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    self.bytes = bytes
    self.limit = limit
    offset = start
    lineStart = start
    while offset < bytes.count, faults.count < limit {
      step()
    }
  }

  private mutating func step() {
    let byte = bytes[offset]
    if byte >= 0x20, byte < 0x7F {
      repeat { offset += 1 } while offset < bytes.count && bytes[offset] &- 0x20 < 0x5F
    } else if byte >= 0x80 {
      isASCII = false
      stepOverScalar()
    } else {
      stepOverControl(byte)
    }
  }

  private mutating func stepOverControl(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): startLine()
    case UInt8(ascii: "\r"):
      if offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\n") { offset += 1 }
      startLine()
    case UInt8(ascii: "\t"): offset += 1
    case 0: note(.nul, length: 1)
    default: note(.control(Unicode.Scalar(byte)), length: 1)
    }
  }

  private mutating func startLine() {
    offset += 1
    line += 1
    lineStart = offset
    continuations = 0
  }

  private mutating func stepOverScalar() {
    switch UTF8Decoding.scalar(in: bytes, at: offset) {
    case .valid(let scalar, let length):
      if let kind = Self.fault(of: scalar) {
        note(kind, length: length)
      } else {
        offset += length
        continuations += length - 1
      }
    case .invalid(let length):
      note(.notUTF8, length: length)
    }
  }

  private mutating func note(_ kind: ByteFault.Kind, length: Int) {
    let column = offset - lineStart - continuations + 1
    faults.append(
      ByteFault(kind: kind, start: SourcePosition(line: line, column: column, offset: offset), length: length))
    offset += length
    continuations += length - 1
  }

  /// Joiners (U+200C, U+200D) are left alone: scripts and emoji need them.
  private static func fault(of scalar: Unicode.Scalar) -> ByteFault.Kind? {
    switch scalar.value {
    case 0x85, 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      .invisible(scalar)
    case 0x80...0x9F, 0xFFFE, 0xFFFF: .control(scalar)
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .lookalikeSpace(scalar)
    case 0xE0000...0xE007F: .invisible(scalar)
    default: nil
    }
  }
}

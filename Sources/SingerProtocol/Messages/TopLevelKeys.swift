internal import Glibc

/// Walks over the members of a JSON object; nested values are stepped over, not read.
struct TopLevelKeys {
  enum Step {
    /// The insides of the key and, where the value is a string, of the value.
    case member(key: UnsafeRawBufferPointer, string: UnsafeRawBufferPointer?)
    case end
    case malformed
  }

  private let line: UnsafeRawBufferPointer
  private var position = 0
  private var isFirst = true

  init(_ line: UnsafeRawBufferPointer) {
    self.line = line
  }

  mutating func next() -> Step {
    skipSpace()
    if isFirst {
      guard take(UInt8(ascii: "{")) else { return .malformed }
    }
    skipSpace()
    if take(UInt8(ascii: "}")) { return endOfLine() }
    guard isFirst || take(UInt8(ascii: ",")) else { return .malformed }
    isFirst = false
    skipSpace()
    guard let key = string() else { return .malformed }
    skipSpace()
    guard take(UInt8(ascii: ":")) else { return .malformed }
    skipSpace()
    if current == UInt8(ascii: "\"") {
      guard let value = string() else { return .malformed }
      return .member(key: key, string: value)
    }
    return skipValue() ? .member(key: key, string: nil) : .malformed
  }

  private mutating func endOfLine() -> Step {
    skipSpace()
    return position == line.count ? .end : .malformed
  }

  private var current: UInt8? { position < line.count ? line[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < line.count {
      switch line[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  /// The inside of the string that begins here.
  private mutating func string() -> UnsafeRawBufferPointer? {
    guard take(UInt8(ascii: "\"")), let base = line.baseAddress else { return nil }
    let start = position
    var from = start
    while from < line.count, let found = memchr(base + from, 0x22, line.count - from) {
      let quote = UnsafeRawPointer(found) - base
      position = quote + 1
      if backslashes(before: quote, from: start).isMultiple(of: 2) {
        return UnsafeRawBufferPointer(rebasing: line[start..<quote])
      }
      from = position
    }
    return nil
  }

  private func backslashes(before quote: Int, from start: Int) -> Int {
    var first = quote
    while first > start, line[first - 1] == 0x5C { first -= 1 }
    return quote - first
  }

  private mutating func skipValue() -> Bool {
    switch current {
    case UInt8(ascii: "{"), UInt8(ascii: "["): skipNested()
    default: skipScalar()
    }
  }

  private mutating func skipNested() -> Bool {
    var depth = 0
    while position < line.count {
      switch line[position] {
      case UInt8(ascii: "\""):
        guard string() != nil else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return true }
    }
    return false
  }

  private mutating func skipScalar() -> Bool {
    let start = position
    while let byte = current, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") { position += 1 }
    return position > start
  }
}

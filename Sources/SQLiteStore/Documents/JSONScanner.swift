/// Reads a JSON document into nodes, strictly, in one pass.
struct JSONScanner {
  /// Levels of objects and arrays; what the store writes has a dozen.
  private static let deepest = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// False where the bytes are no JSON document.
  mutating func scanDocument(into nodes: inout [JSONTape.Node]) -> Bool {
    guard scanValue(into: &nodes, depth: 0) else { return false }
    skipSpace()
    return position == bytes.count
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func scanValue(into nodes: inout [JSONTape.Node], depth: Int) -> Bool {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return scanObject(into: &nodes, depth: depth)
    case UInt8(ascii: "["): return scanArray(into: &nodes, depth: depth)
    case UInt8(ascii: "\""): return scanString(into: &nodes)
    case UInt8(ascii: "t"): return scanWord("true", .bool, into: &nodes)
    case UInt8(ascii: "f"): return scanWord("false", .bool, into: &nodes)
    case UInt8(ascii: "n"): return scanWord("null", .null, into: &nodes)
    case _: return scanNumber(into: &nodes)
    }
  }

  private mutating func scanObject(into nodes: inout [JSONTape.Node], depth: Int) -> Bool {
    scanCollection(.object, closing: UInt8(ascii: "}"), into: &nodes, depth: depth) { scanner, nodes in
      guard scanner.scanString(into: &nodes) else { return false }
      scanner.skipSpace()
      return scanner.take(UInt8(ascii: ":")) && scanner.scanValue(into: &nodes, depth: depth + 1)
    }
  }

  private mutating func scanArray(into nodes: inout [JSONTape.Node], depth: Int) -> Bool {
    scanCollection(.array, closing: UInt8(ascii: "]"), into: &nodes, depth: depth) { scanner, nodes in
      scanner.scanValue(into: &nodes, depth: depth + 1)
    }
  }

  private mutating func scanCollection(
    _ kind: JSONTape.Kind, closing: UInt8, into nodes: inout [JSONTape.Node], depth: Int,
    _ scanElement: (inout JSONScanner, inout [JSONTape.Node]) -> Bool
  ) -> Bool {
    guard depth < Self.deepest else { return false }
    let place = nodes.count
    nodes.append(JSONTape.Node(kind: kind, start: UInt32(position), end: 0))
    position += 1
    skipSpace()
    if !take(closing) {
      while true {
        skipSpace()
        guard scanElement(&self, &nodes) else { return false }
        skipSpace()
        if take(closing) { break }
        guard take(UInt8(ascii: ",")) else { return false }
      }
    }
    nodes[place].end = UInt32(position)
    nodes[place].next = UInt32(nodes.count)
    return true
  }

  private mutating func scanString(into nodes: inout [JSONTape.Node]) -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    let start = position
    var hasEscapes = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        append(.string, from: start, hasEscapes: hasEscapes, to: &nodes)
        position += 1
        return true
      }
      guard byte >= 0x20 else { return false }
      hasEscapes = hasEscapes || byte == UInt8(ascii: "\\")
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return false
  }

  private mutating func scanWord(_ word: StaticString, _ kind: JSONTape.Kind, into nodes: inout [JSONTape.Node]) -> Bool
  {
    let start = position
    guard position + word.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where bytes[position + offset] != word.utf8Start[offset] { return false }
    position += word.utf8CodeUnitCount
    append(kind, from: start, to: &nodes)
    return true
  }

  /// Takes what can belong to a number; whether it is one is seen when it is asked for.
  private mutating func scanNumber(into nodes: inout [JSONTape.Node]) -> Bool {
    let start = position
    while let byte = current, byte >= 0x30 && byte <= 0x39 || "+-.eE".utf8.contains(byte) { position += 1 }
    append(.number, from: start, to: &nodes)
    return position > start
  }

  private func append(
    _ kind: JSONTape.Kind, from start: Int, hasEscapes: Bool = false, to nodes: inout [JSONTape.Node]
  ) {
    nodes.append(
      JSONTape.Node(
        kind: kind, hasEscapes: hasEscapes, start: UInt32(start), end: UInt32(position), next: UInt32(nodes.count + 1)))
  }
}

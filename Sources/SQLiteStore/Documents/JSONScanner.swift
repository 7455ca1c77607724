/// Reads a JSON document into nodes, strictly, in one pass.
struct JSONScanner {
  /// Levels of objects and arrays; what the store writes has a dozen.
  private static let deepest = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private let nodes: UnsafeMutableBufferPointer<JSONTape.Node>
  /// How many nodes there are.
  private(set) var count = 0

  /// - Parameter nodes: room for as many as `roomNeeded` says.
  init(_ bytes: UnsafeBufferPointer<UInt8>, into nodes: UnsafeMutableBufferPointer<JSONTape.Node>) {
    self.bytes = bytes
    self.nodes = nodes
  }

  /// No document of so many bytes has more nodes: each has a byte, and another one beside it, its bracket or what parts it from the next.
  static func roomNeeded(bytes: Int) -> Int { bytes / 2 + 1 }

  /// False where the bytes are no JSON document.
  mutating func scanDocument() -> Bool {
    guard scanValue(depth: 0) else { return false }
    skipSpace()
    return position == bytes.count
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20, Self.isSpace(bytes[position]) { position += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func scanValue(depth: Int) -> Bool {
    skipSpace()
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case UInt8(ascii: "{"): return scanObject(depth: depth)
    case UInt8(ascii: "["): return scanArray(depth: depth)
    case UInt8(ascii: "\""): return scanString()
    case UInt8(ascii: "t"): return scanWord("true", .bool)
    case UInt8(ascii: "f"): return scanWord("false", .bool)
    case UInt8(ascii: "n"): return scanWord("null", .null)
    case _: return scanNumber()
    }
  }

  private mutating func scanObject(depth: Int) -> Bool {
    guard let place = open(.object, depth: depth) else { return false }
    if take(UInt8(ascii: "}")) { return close(place) }
    while true {
      skipSpace()
      guard scanString() else { return false }
      skipSpace()
      guard take(UInt8(ascii: ":")), scanValue(depth: depth + 1) else { return false }
      skipSpace()
      if take(UInt8(ascii: "}")) { return close(place) }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func scanArray(depth: Int) -> Bool {
    guard let place = open(.array, depth: depth) else { return false }
    if take(UInt8(ascii: "]")) { return close(place) }
    while true {
      guard scanValue(depth: depth + 1) else { return false }
      skipSpace()
      if take(UInt8(ascii: "]")) { return close(place) }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// Begins an object or an array at its bracket; nil where there is no room for it.
  private mutating func open(_ kind: JSONTape.Kind, depth: Int) -> Int? {
    guard depth < Self.deepest else { return nil }
    let place = count
    guard append(kind, from: position) else { return nil }
    position += 1
    skipSpace()
    return place
  }

  private mutating func close(_ place: Int) -> Bool {
    nodes[place].end = UInt32(position)
    nodes[place].next = UInt32(count)
    return true
  }

  private mutating func scanString() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    let start = position
    var end = start
    var hasEscapes = false
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") {
        position = end + 1
        return append(.string, from: start, to: end, hasEscapes: hasEscapes)
      }
      guard byte >= 0x20 else { return false }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        end += 1
      }
      end += 1
    }
    return false
  }

  private mutating func scanWord(_ word: StaticString, _ kind: JSONTape.Kind) -> Bool {
    let start = position
    guard position + word.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where bytes[position + offset] != word.utf8Start[offset] { return false }
    position += word.utf8CodeUnitCount
    return append(kind, from: start, to: position)
  }

  /// Takes what can belong to a number; whether it is one is seen when it is asked for.
  private mutating func scanNumber() -> Bool {
    let start = position
    while position < bytes.count, Self.mayBelongToNumber(bytes[position]) { position += 1 }
    return position > start && append(.number, from: start, to: position)
  }

  private static func mayBelongToNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    case _: false
    }
  }

  /// False where there is no room: then it is no document.
  private mutating func append(
    _ kind: JSONTape.Kind, from start: Int, to end: Int = 0, hasEscapes: Bool = false
  ) -> Bool {
    guard count < nodes.count else { return false }
    nodes.initializeElement(
      at: count,
      to: JSONTape.Node(
        kind: kind, hasEscapes: hasEscapes, start: UInt32(start), end: UInt32(end), next: UInt32(count + 1)))
    count += 1
    return true
  }
}

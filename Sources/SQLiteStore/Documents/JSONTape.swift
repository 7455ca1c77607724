/// The values of one JSON document, flat and in its order, so that they are found without building them.
///
/// An object is followed by its keys and values in turn, an array by its elements; each node knows where what follows it begins.
final class JSONTape {
  enum Kind: UInt8 {
    case null, bool, number, string, array, object

    /// Whether it holds further values.
    var isCollection: Bool { self == .array || self == .object }
  }

  struct Node {
    var kind: Kind
    /// Of a string: whether its text differs from its bytes.
    var hasEscapes = false
    /// Its bytes; of a string, those between the quotes.
    var start: UInt32
    var end: UInt32
    /// The index of the node behind it and all that is in it.
    var next: UInt32 = 0
  }

  /// In memory of their own, which is taken once: an array would be grown, and its bounds asked for at each of thousands of looks.
  let nodes: UnsafeBufferPointer<Node>
  private let bytes: UnsafeBufferPointer<UInt8>
  private let repeats: RepeatedValues?

  /// Nil where the bytes are no JSON document. They must outlive the tape.
  private init?(_ document: UnsafeBufferPointer<UInt8>, _ repeats: RepeatedValues?) {
    guard document.count < Int(Int32.max) else { return nil }
    let room = UnsafeMutableBufferPointer<Node>.allocate(capacity: JSONScanner.roomNeeded(bytes: document.count))
    var scanner = JSONScanner(document, into: room)
    guard scanner.scanDocument() else {
      room.deallocate()
      return nil
    }
    nodes = UnsafeBufferPointer(rebasing: room[..<scanner.count])
    bytes = document
    self.repeats = repeats
  }

  deinit { nodes.deallocate() }

  /// Reads a document and hands it to `body`, which must keep nothing of it.
  static func read<Result>(
    _ document: UnsafeBufferPointer<UInt8>, _ repeats: RepeatedValues?, _ body: (JSONDecoding) throws -> Result
  ) throws -> Result {
    guard let tape = JSONTape(document, repeats) else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no JSON document"))
    }
    return try body(JSONDecoding(tape: tape, index: 0))
  }

  /// The value at an index: one that was decoded before, where its type is among those that documents repeat.
  func value<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
    let node = nodes[index]
    guard node.kind.isCollection, let repeats, repeats.hold(type) else { return try decoded(type, at: index) }
    return try repeats.value(UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])) {
      try decoded(type, at: index)
    }
  }

  private func decoded<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
    try readOff(type, at: index) ?? Value(from: JSONDecoding(tape: self, index: index))
  }

  /// Whether the string at an index is spelled like this, without escapes.
  func spells(_ index: Int, _ text: StaticString) -> Bool {
    let node = nodes[index]
    return node.kind == .string
      && isEqual(
        UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)]),
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Whether the string at an index has this text.
  func matches(_ index: Int, _ text: String) -> Bool {
    let node = nodes[index]
    if node.hasEscapes { return string(at: index) == text }
    guard Int(node.end - node.start) == text.utf8.count else { return false }
    let inside = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
    return text.utf8.withContiguousStorageIfAvailable { isEqual($0, inside) }
      ?? text.utf8.elementsEqual(inside)
  }

  /// The text of the string at an index; nil where it is none, or its bytes are no text.
  func string(at index: Int) -> String? {
    let node = nodes[index]
    guard node.kind == .string else { return nil }
    let inside = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
    if node.hasEscapes { return unescaped(inside) }
    // What is ASCII is surely text, and sooner made.
    let isASCII = inside.allSatisfy { $0 < 0x80 }
    return isASCII ? String(decoding: inside, as: UTF8.self) : String(validating: inside, as: UTF8.self)
  }

  /// The whole number at an index; nil where it is none, or needs more than 64 bits.
  func integer(at index: Int) -> Int64? {
    let node = nodes[index]
    guard node.kind == .number else { return nil }
    var digits = bytes[Int(node.start)..<Int(node.end)]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - 0x30)
      let (sum, overflow) = isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }

  /// The number at an index.
  func double(at index: Int) -> Double? {
    let node = nodes[index]
    guard node.kind == .number else { return nil }
    return Double(String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
  }

  func bool(at index: Int) -> Bool? {
    nodes[index].kind == .bool ? bytes[Int(nodes[index].start)] == UInt8(ascii: "t") : nil
  }

  /// The index of the value of a member of the object at an index; nil where either is missing.
  func member(_ key: String, of object: Int) -> Int? {
    guard nodes[object].kind == .object else { return nil }
    var index = object + 1
    while index < Int(nodes[object].next) {
      if matches(index, key) { return index + 1 }
      index = Int(nodes[index + 1].next)
    }
    return nil
  }

  /// The indexes of the elements of the array at an index; nil where it is none.
  func elements(of array: Int) -> [Int]? {
    guard nodes[array].kind == .array else { return nil }
    var indexes: [Int] = []
    var index = array + 1
    while index < Int(nodes[array].next) {
      indexes.append(index)
      index = Int(nodes[index].next)
    }
    return indexes
  }
}

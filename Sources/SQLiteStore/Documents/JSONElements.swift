/// The elements of an array on a tape, one after the other.
struct JSONElements: UnkeyedDecodingContainer {
  private let tape: JSONTape
  private let array: Int
  private var element: Int
  private(set) var currentIndex = 0

  init(tape: JSONTape, array: Int) {
    self.tape = tape
    self.array = array
    element = array + 1
  }

  var codingPath: [any CodingKey] { [] }
  var isAtEnd: Bool { element >= Int(tape.nodes[array].next) }

  var count: Int? {
    var count = 0
    var element = array + 1
    while element < Int(tape.nodes[array].next) {
      count += 1
      element = Int(tape.nodes[element].next)
    }
    return count
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, tape.nodes[element].kind == .null else { return false }
    _ = try next()
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
  mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
  mutating func decode(_ type: Double.Type) throws -> Double { try next().decode(type) }
  mutating func decode(_ type: Float.Type) throws -> Float { try next().decode(type) }
  mutating func decode(_ type: Int.Type) throws -> Int { try next().decode(type) }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().decode(type) }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().decode(type) }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().decode(type) }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().decode(type) }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try next().decode(type) }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().decode(type) }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().decode(type) }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().decode(type) }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().decode(type) }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: next()) }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> JSONDecoding {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self, .init(codingPath: [], debugDescription: "an array of \(currentIndex) elements has no further one"))
    }
    defer {
      element = Int(tape.nodes[element].next)
      currentIndex += 1
    }
    return JSONDecoding(tape: tape, index: element)
  }
}

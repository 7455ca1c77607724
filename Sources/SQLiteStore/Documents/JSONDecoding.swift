import PipelineModel

/// Decodes the value at one place of a tape.
///
/// It knows what the store's documents need, and no options; values are built straight from the tape, and nothing is built on the way.
struct JSONDecoding: Decoder {
  let tape: JSONTape
  let index: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard tape.nodes[index].kind == .object else { throw mismatch([String: Any].self) }
    return KeyedDecodingContainer(JSONMembers<Key>(tape: tape, object: index))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard tape.nodes[index].kind == .array else { throw mismatch([Any].self) }
    return JSONElements(tape: tape, array: index)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: [], debugDescription: "found \(tape.nodes[index].kind)"))
  }
}

extension JSONDecoding: SingleValueDecodingContainer {
  func decodeNil() -> Bool { tape.nodes[index].kind == .null }

  func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: index) ?? { throw mismatch(type) }() }
  func decode(_ type: String.Type) throws -> String { try tape.string(at: index) ?? { throw mismatch(type) }() }
  func decode(_ type: Double.Type) throws -> Double { try tape.double(at: index) ?? { throw mismatch(type) }() }
  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try tape.value(type, at: index) }

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    guard let wide = tape.integer(at: index), let value = Value(exactly: wide) else { throw mismatch(type) }
    return value
  }
}

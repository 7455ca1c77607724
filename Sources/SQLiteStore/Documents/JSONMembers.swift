/// The members of an object on a tape, found by their keys.
struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let tape: JSONTape
  let object: Int

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    var keys: [Key] = []
    var index = object + 1
    while index < Int(tape.nodes[object].next) {
      if let name = tape.string(at: index), let known = Key(stringValue: name) { keys.append(known) }
      index = Int(tape.nodes[index + 1].next)
    }
    return keys
  }

  func contains(_ key: Key) -> Bool { value(of: key) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try decoding(key).decodeNil() }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoding(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoding(key).decode(type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoding(key).decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoding(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoding(key).decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoding(key).decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoding(key).decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoding(key).decode(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoding(key).decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoding(key).decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoding(key).decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoding(key).decode(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoding(key).decode(type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoding(key).decode(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoding(key).decode(type) }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    guard let index = value(of: key), tape.nodes[index].kind != .null else { return nil }
    return try tape.value(type, at: index)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoding(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoding(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { JSONDecoding(tape: tape, index: object) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoding(key) }

  private func decoding(_ key: Key) throws -> JSONDecoding {
    guard let index = value(of: key) else {
      throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "no `\(key.stringValue)`"))
    }
    return JSONDecoding(tape: tape, index: index)
  }

  /// The index of a member's value.
  private func value(of key: Key) -> Int? { tape.member(key.stringValue, of: object) }
}

import Foundation

/// Turns JSON documents back into values, many of them one after the other.
struct DocumentDecoder {
  private let tape = JSONTape()

  func decode<Value: Decodable>(_ type: Value.Type, from document: Data) throws -> Value {
    try document.withUnsafeBytes { bytes in
      try tape.read(bytes.bindMemory(to: UInt8.self)) { try Value(from: $0) }
    }
  }
}

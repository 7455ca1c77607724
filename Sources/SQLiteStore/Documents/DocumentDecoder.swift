import Foundation

/// Turns JSON documents back into values.
struct DocumentDecoder {
  func decode<Value: Decodable>(_ type: Value.Type, from document: Data) throws -> Value {
    try document.withUnsafeBytes { bytes in
      try JSONTape.read(bytes.bindMemory(to: UInt8.self)) { try $0.decode(Value.self) }
    }
  }
}

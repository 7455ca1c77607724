import Foundation

/// Turns JSON documents back into values.
struct DocumentDecoder {
  /// Values that were decoded before; absent where documents have nothing to do with each other.
  var repeats: RepeatedValues?

  func decode<Value: Decodable>(_ type: Value.Type, from document: Data) throws -> Value {
    try DocumentDecoder().decode(type, from: StoredText(copying: document))
  }

  /// Where there are `repeats`, the document is one of theirs.
  func decode<Value: Decodable>(_ type: Value.Type, from document: StoredText) throws -> Value {
    try withExtendedLifetime(document) {
      try JSONTape.read(document.bytes, repeats) { try $0.decode(Value.self) }
    }
  }
}

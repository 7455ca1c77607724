import Foundation
import StoreAPI

/// Values as JSON documents: one encoder, sorted keys, so that equal values are equal bytes.
struct StoreDocument {
  private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  func text(of value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

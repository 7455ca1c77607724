internal import Foundation

extension HTTPAnswer {
  /// What keeps the body from being read as JSON, for a person; nil where it is JSON, or where there is none.
  var jsonTrouble: String? {
    guard !body.isEmpty, status != 204 else { return nil }
    if let mediaType, mediaType.contains("html") || body.first == UInt8(ascii: "<") {
      return
        "a page (\(mediaType)), which is no answer of this service; is `baseURL` right, or does a proxy stand in the way?"
    }
    do {
      _ = try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)
      return nil
    } catch {
      return "\(body.count) bytes that are not JSON, or not all of it"
    }
  }

  /// The body as a value; what is missing or of another kind is named by its place.
  public func decoded<Value: Decodable>(
    _ type: Value.Type = Value.self, of call: HTTPCall
  ) throws(CallFailure) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch let error as DecodingError {
      throw CallFailure(.garbled, "the answer to \(call) cannot be read: \(error.words)", answer: self)
    } catch {
      throw CallFailure(.garbled, "the answer to \(call) cannot be read", answer: self)
    }
  }
}

extension DecodingError {
  /// Where and what, without the value.
  var words: String {
    switch self {
    case .keyNotFound(let key, let context): "`\(place(context.codingPath + [key]))` is missing"
    case .valueNotFound(_, let context): "`\(place(context.codingPath))` is null"
    case .typeMismatch(let type, let context): "`\(place(context.codingPath))` is no \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "it is no JSON" : "`\(place(context.codingPath))` is malformed"
    @unknown default: "it has another shape"
    }
  }

  private func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue { text += "[\(index)]" } else { text += (text.isEmpty ? "" : ".") + key.stringValue }
    }
  }
}

/// A plain value, told as a text, or as a number or a switch where a service keeps to its documents less than it should.
public enum OpenValue: Decodable, Hashable, Sendable {
  case null
  case text(String)
  /// An object or a list.
  case nested

  public init(from decoder: any Decoder) throws {
    guard let value = try? decoder.singleValueContainer() else {
      self = .nested
      return
    }
    if value.decodeNil() {
      self = .null
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let isTrue = try? value.decode(Bool.self) {
      self = .text(String(isTrue))
    } else if let number = try? value.decode(Int64.self) {
      self = .text(String(number))
    } else if let number = try? value.decode(Double.self) {
      self = .text(String(number))
    } else {
      self = .nested
    }
  }

  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

extension KeyedDecodingContainer {
  /// Nil where it is missing, null, or no plain value.
  public func text(_ key: Key) -> String? { (try? decodeIfPresent(OpenValue.self, forKey: key))?.text }

  /// The same, where it has to be there.
  public func demandedText(_ key: Key) throws -> String {
    guard let text = try decode(OpenValue.self, forKey: key).text else { throw odd(String.self, key) }
    return text
  }

  /// Nil where it is missing or null, or no number, also as a text.
  public func number(_ key: Key) -> Int64? { text(key).flatMap { Int64($0) } }

  public func demandedNumber(_ key: Key) throws -> Int64 {
    guard let number = Int64(try demandedText(key)) else { throw odd(Int64.self, key) }
    return number
  }

  /// Nil where it is missing, null, or no switch, also as a text.
  public func flag(_ key: Key) -> Bool? { text(key).flatMap { Bool($0) } }

  /// What stands there is something, and not what it should be.
  public func odd(_ type: any Any.Type, _ key: Key) -> DecodingError {
    .typeMismatch(type, DecodingError.Context(codingPath: codingPath + [key], debugDescription: "odd"))
  }
}

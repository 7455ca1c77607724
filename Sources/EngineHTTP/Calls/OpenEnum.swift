/// A word of a vendor's list, or one that the list did not have when this was written.
public enum OpenEnum<Known: RawRepresentable & Hashable & Sendable>: Hashable, Sendable, Decodable
where Known.RawValue == String {
  case known(Known)
  case unknown(String)

  public init(_ word: String) {
    self = Known(rawValue: word).map { .known($0) } ?? .unknown(word)
  }

  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public var word: String {
    switch self {
    case .known(let known): known.rawValue
    case .unknown(let word): word
    }
  }
}

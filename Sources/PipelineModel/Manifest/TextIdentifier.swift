/// A name that is only compared, sorted and shown; it encodes as its bare text.
public protocol TextIdentifier: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  var text: String { get }
  init(_ text: String)
}

extension TextIdentifier {
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// A git commit, by its full id: 40 hexadecimal digits, 64 in a repository that uses SHA-256.
public struct CommitID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let text: String

  /// Nil where the text is no full id; ids are lower case.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 40 || text.utf8.count == 64, text.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.text = text.lowercased()
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = CommitID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the full id of a commit")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  /// As people write it.
  public var short: String { String(text.prefix(10)) }

  public static func < (left: CommitID, right: CommitID) -> Bool { left.text < right.text }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    case UInt8(ascii: "A")...UInt8(ascii: "F"): true
    case _: false
    }
  }
}

/// A method and a path in which `*` stands for any one segment: `POST /v4/sources/*/sync`. A method `*` is any.
public struct CallPattern: Hashable, Sendable {
  private let words: [String]

  public init(_ text: String) {
    words = Self.words(of: text)
  }

  public func matches(_ line: String) -> Bool {
    let given = Self.words(of: line)
    return given.count == words.count && zip(words, given).allSatisfy { $0 == "*" || $0 == $1 }
  }

  private static func words(of text: String) -> [String] {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return [] }
    return [String(parts[0])] + parts[1].split(separator: "/").map(String.init)
  }
}

/// Why bytes are no JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Hashable, Sendable {
    case unexpectedEnd
    /// What was expected where something else stands.
    case expected(String)
    case badNumber
    case badEscape
    /// A `\u` escape that is half of a surrogate pair.
    case loneSurrogate
    case controlCharacter
    case badUTF8
    case tooDeep(limit: Int)
    case trailingBytes
  }

  public let problem: Problem
  /// Byte offset, from 0.
  public let offset: Int

  public init(_ problem: Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  public var description: String { "not JSON: \(reason) at byte \(offset + 1)" }

  private var reason: String {
    switch problem {
    case .unexpectedEnd: "the text ends too early"
    case .expected(let what): "expected \(what)"
    case .badNumber: "a number is misspelt"
    case .badEscape: "an unknown escape"
    case .loneSurrogate: "half of a surrogate pair"
    case .controlCharacter: "a control character inside a string"
    case .badUTF8: "bytes that are not UTF-8"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .trailingBytes: "something follows the value"
    }
  }
}

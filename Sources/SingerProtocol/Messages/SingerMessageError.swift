/// Why a line is no Singer message.
public enum SingerMessageError: Error, Hashable, Sendable, CustomStringConvertible {
  case notJSON(JSONSyntaxError)
  case notAnObject
  case noType
  /// A key is missing, or of another kind than the protocol says.
  case badField(type: String, key: String, expected: String)

  public var description: String {
    switch self {
    case .notJSON(let error): error.description
    case .notAnObject: "not a JSON object"
    case .noType: "a message without a `type`"
    case .badField(let type, let key, let expected): "a \(type) message whose `\(key)` is not \(expected)"
    }
  }
}

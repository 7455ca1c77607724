/// A wish that a catalog cannot fulfil.
public enum SelectionProblem: Hashable, Sendable, CustomStringConvertible {
  case noStream(pattern: String, nearest: [String])
  case noField(stream: String, pattern: String, nearest: [String])
  case automaticField(stream: String, field: String)
  case unsupportedField(stream: String, field: String)
  case keyIsNoField(stream: String, key: String, nearest: [String])
  case keyIsMissing(stream: String, suggestions: [String])
  case unsupportedMethod(stream: String, wanted: ReplicationMethod, forced: ReplicationMethod)

  public var description: String {
    switch self {
    case .noStream(let pattern, let nearest):
      "no stream matches `\(pattern)`" + Self.hint(nearest)
    case .noField(let stream, let pattern, let nearest):
      "stream `\(stream)` has no field that matches `\(pattern)`" + Self.hint(nearest)
    case .automaticField(let stream, let field):
      "field `\(field)` of stream `\(stream)` is always read and cannot be excluded"
    case .unsupportedField(let stream, let field):
      "field `\(field)` of stream `\(stream)` is not supported by the tap"
    case .keyIsNoField(let stream, let key, let nearest):
      "replication key `\(key)` is no field of stream `\(stream)`" + Self.hint(nearest)
    case .keyIsMissing(let stream, let suggestions):
      "stream `\(stream)` is to be read incrementally but has no replication key" + Self.hint(suggestions)
    case .unsupportedMethod(let stream, let wanted, let forced):
      "stream `\(stream)` cannot be read with \(wanted.rawValue): the tap allows only \(forced.rawValue)"
    }
  }

  private static func hint(_ names: [String]) -> String {
    names.isEmpty ? "" : "; did you mean " + names.map { "`\($0)`" }.joined(separator: ", ") + "?"
  }
}

/// How bad a diagnostic is; only errors stop a compile.
public enum Severity: String, Hashable, Codable, Sendable {
  case error
  case warning
}

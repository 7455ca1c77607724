/// The program at one end of a pipeline.
public enum Connector: Hashable, Codable, Sendable {
  /// An absolute path, or a bare name to be found on PATH.
  case executable(String)
  /// A requirement on a Python package, and which of its programs; absent: the one that it installs.
  case package(requirement: String, executable: String?)
  /// Part of pipectl: `csv`, `jsonl`, `sqlite`.
  case builtin(String)
}

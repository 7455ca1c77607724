internal import Glibc
internal import SingerProtocol

/// Finds programs by their names; nothing is ever looked for relative to the present folder.
public enum ProgramSearch {
  /// The PATH of those variables; where they have none, the usual one.
  static func path(in variables: [String: String]) -> String { variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin" }

  /// The PATH that a manifest gives a program, and else the one of this process.
  static func path(named environment: JSONValue) -> String {
    environment["PATH"]?.stringValue ?? path(in: processEnvironment())
  }

  /// The first program of that name in the absolute folders of a PATH.
  public static func find(_ name: String, in path: String) -> String? {
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    return folders.map { "\($0)/\(name)" }.first(where: isProgram)
  }

  /// What is said of a name on PATH, or of an absolute path, behind which there is a file that may not be executed; nil where there is none.
  static func notExecutable(_ name: String, in path: String) -> String? {
    let words = "that may not be executed: `chmod +x` lets it"
    guard !name.hasPrefix("/") else { return isBarred(name) ? "is a file \(words)" : nil }
    guard !name.contains("/") else { return nil }
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    return folders.map { "\($0)/\(name)" }.first(where: isBarred).map { "is a file on PATH, `\($0)`, \(words)" }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func isBarred(_ path: String) -> Bool { isFile(path) && !mayExecute(path) }

  private static func mayExecute(_ path: String) -> Bool { access(path, X_OK) == 0 }

  static func isProgram(_ path: String) -> Bool { isFile(path) && mayExecute(path) }
}

internal import Glibc
internal import PipelineModel

/// The program behind a connector, found on this machine.
struct ConnectorProgram: Hashable, Sendable {
  var path: String
  /// What comes before the options, the name of the program first.
  var leading: [String]
  var isBuiltin: Bool

  /// A path with a slash is relative to `directory`.
  init(_ connector: Connector, searching path: String, from directory: String) throws(Failure) {
    switch connector {
    case .builtin(let name):
      self.init(path: "/proc/self/exe", leading: ["pipectl", "connector", name], isBuiltin: true)
    case .executable(let name):
      self.init(path: try Self.find(name, in: path, from: directory), leading: [name], isBuiltin: false)
    case .package(let requirement, _):
      throw Failure(
        .connectorMissing,
        "packages are not installed by this version: install `\(requirement)` yourself and name its program with `executable`"
      )
    }
  }

  private init(path: String, leading: [String], isBuiltin: Bool) {
    self.path = path
    self.leading = leading
    self.isBuiltin = isBuiltin
  }

  private static func find(_ name: String, in path: String, from directory: String) throws(Failure) -> String {
    if name.contains("/") {
      let file = name.hasPrefix("/") ? name : "\(directory)/\(name)"
      guard isProgram(file) else {
        throw Failure(
          .connectorMissing,
          "the connector `\(file)` is not an executable file: install it, or mend `executable` in the manifest")
      }
      return file
    }
    for folder in path.split(separator: ":") where isProgram("\(folder)/\(name)") { return "\(folder)/\(name)" }
    throw Failure(
      .connectorMissing,
      "the connector `\(name)` is in no folder of PATH: install it, or give its absolute path in `executable`; PATH is `\(path)`"
    )
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}

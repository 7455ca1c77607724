internal import PipelineModel

/// The program behind a connector, found on this machine.
struct ConnectorProgram: Hashable, Sendable {
  var path: String
  /// What comes before the options, the name of the program first.
  var leading: [String]
  var isBuiltin: Bool

  /// - Parameter installed: where the connector is a package.
  init(
    _ connector: Connector, as role: ConnectorRole, searching path: String, installed: HeldInstallation?
  ) throws(Failure) {
    switch connector {
    case .builtin(let name):
      self.init(path: "/proc/self/exe", leading: ["pipectl", "connector", name], isBuiltin: true)
    case .executable(let name):
      self.init(path: try Self.find(name, in: path), leading: [name], isBuiltin: false)
    case .package(let requirement, let executable):
      guard let installed else { throw Failure(.connectorMissing, "`\(requirement)` is not installed") }
      let program = try installed.program(WantedProgram(executable, as: role))
      self.init(path: program, leading: [program], isBuiltin: false)
    }
  }

  private init(path: String, leading: [String], isBuiltin: Bool) {
    self.path = path
    self.leading = leading
    self.isBuiltin = isBuiltin
  }

  private static func find(_ name: String, in path: String) throws(Failure) -> String {
    let program = name.contains("/") ? name : ProgramSearch.find(name, in: path)
    guard name.hasPrefix("/") || !name.contains("/") else {
      throw Failure(
        .connectorMissing, "the connector `\(name)` is a relative path: give an absolute one, or a bare name on PATH")
    }
    if let program, ProgramSearch.isProgram(program) { return program }
    if let words = ProgramSearch.notExecutable(name, in: path) {
      throw Failure(.connectorMissing, "the connector `\(name)` \(words)")
    }
    guard name.hasPrefix("/") else {
      throw Failure(
        .connectorMissing,
        "the connector `\(name)` is in no folder of PATH: install it, or give its absolute path in `executable`; PATH is `\(path)`"
      )
    }
    throw Failure(
      .connectorMissing, "there is no connector `\(name)`: install it, or mend `executable` in the manifest")
  }
}

internal import PipelineModel

/// Which of a package's programs is meant.
enum WantedProgram: Hashable, Sendable {
  case named(String)
  case tap
  case target
  /// None in particular: the package is only to be there.
  case any

  /// The one that the manifest names, and else the one that fits.
  init(_ executable: String?, as role: ConnectorRole) {
    self = executable.map { .named($0) } ?? (role == .target ? .target : .tap)
  }

  /// The one of a package's programs that is meant.
  func choose(from installed: InstallationRecord, in installation: Installation) throws(Failure) -> String {
    let requirement = installed.requirement
    let there = installed.executables
    switch self {
    case .named(let name):
      if ProgramSearch.isProgram(installation.program(name)) { return name }
      throw Failure(.connectorMissing, "`\(requirement)` installs no program `\(name)`: \(Self.list(there))")
    case .tap, .target, .any:
      if there.count == 1 { return there[0] }
      let fitting = self.fitting(among: there)
      if fitting.count == 1 { return fitting[0] }
      let problem = there.isEmpty ? "" : "; name one of them with `executable`"
      throw Failure(.connectorMissing, "which program of `\(requirement)` is meant? \(Self.list(there))\(problem)")
    }
  }

  /// Those that are to be tried out once they are installed.
  func toTry(from installed: InstallationRecord, in installation: Installation) -> [String] {
    if let one = try? choose(from: installed, in: installation) { return [one] }
    return self == .any ? fitting(among: installed.executables) : []
  }

  private func fitting(among names: [String]) -> [String] {
    names.filter { name in
      switch self {
      case .named(let wanted): name == wanted
      case .tap: name.hasPrefix("tap-")
      case .target: name.hasPrefix("target-")
      case .any: name.hasPrefix("tap-") || name.hasPrefix("target-")
      }
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "it installs none" : "it installs " + names.map { "`\($0)`" }.joined(separator: ", ")
  }
}

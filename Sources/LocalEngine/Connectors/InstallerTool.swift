/// What makes virtual environments and installs into them.
enum InstallerTool: Hashable, Sendable {
  /// Its path.
  case uv(String)
  /// Python's own `venv` and `pip`.
  case venv

  /// The variable with which `uv` can be left aside.
  static let choice = "PIPECTL_INSTALLER"

  /// `uv` where it is on PATH.
  init(_ environment: InstallerEnvironment, choice: String?) {
    guard choice != "venv", let path = ProgramSearch.find("uv", in: environment.path) else {
      self = .venv
      return
    }
    self = .uv(path)
  }

  var name: String {
    switch self {
    case .uv: "uv"
    case .venv: "venv"
    }
  }

  /// What resolves, builds and unpacks.
  var installer: String {
    switch self {
    case .uv: "uv"
    case .venv: "pip"
    }
  }

  /// Makes an empty environment in a folder that does not exist.
  func make(_ folder: String, with python: PythonInterpreter) -> InstallStep {
    switch self {
    case .uv(let uv): InstallStep(uv, ["venv", "--python", python.executable, folder])
    case .venv: InstallStep(python.executable, ["-I", "-m", "venv", folder])
    }
  }

  func install(_ requirement: String, into folder: String) -> InstallStep {
    let python = folder + "/bin/python"
    switch self {
    case .uv(let uv):
      return InstallStep(uv, ["pip", "install", "--no-progress", "--python", python, "--", requirement])
    case .venv:
      return InstallStep(
        python,
        [
          "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--",
          requirement,
        ])
    }
  }
}

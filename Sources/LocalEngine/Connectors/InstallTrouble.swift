/// Why an installer did not do it, as far as its words tell.
enum InstallTrouble: Hashable, CaseIterable {
  case indexUnreachable
  case diskFull
  case noEnvironments
  case compilerMissing
  case headersMissing
  case otherPython
  case noSuchVersion
  case unknown

  init(_ lines: [String]) {
    let text = lines.joined(separator: "\n").lowercased()
    self = Self.allCases.first { $0.signs.contains { text.contains($0) } } ?? .unknown
  }

  /// Whether a later attempt may well succeed.
  var isPassing: Bool { self == .indexUnreachable }

  /// Lower case.
  private var signs: [String] {
    switch self {
    case .indexUnreachable:
      [
        "name resolution", "newconnectionerror", "connecttimeouterror", "readtimeouterror", "proxyerror",
        "connection refused", "network is unreachable", "error sending request", "dns error", "tcp connect error",
        "operation timed out", "connection reset by peer",
      ]
    case .diskFull: ["no space left on device"]
    case .noEnvironments:
      ["ensurepip is not available", "no module named venv", "no module named pip", "no module named ensurepip"]
    case .compilerMissing:
      [
        "command 'gcc' failed: no such file", "error: command 'cc'", "unable to execute 'gcc'",
        "unable to find a compiler",
      ]
    case .headersMissing: ["pg_config executable not found", "python.h: no such file", "fatal error:", "mysql_config"]
    case .otherPython: ["requires a different python", "requires-python", "requires python"]
    case .noSuchVersion:
      [
        "no matching distribution found", "could not find a version", "no solution found",
        "was not found in the package registry",
      ]
    case .unknown: []
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .indexUnreachable:
      "the package index could not be reached: check the network, the proxy, and PIP_INDEX_URL or UV_DEFAULT_INDEX"
    case .diskFull: "the disk is full: make room, or name a folder on another disk with PIPECTL_CONNECTORS"
    case .noEnvironments: "this Python makes no virtual environments: apt install python3-venv, or install uv"
    case .compilerMissing: "it has to be built here, and there is no compiler: apt install build-essential python3-dev"
    case .headersMissing:
      "it has to be built here, and a library's development files are missing (for PostgreSQL: apt install libpq-dev; for Python: python3-dev)"
    case .otherPython:
      "it wants another Python: pin a version of the package that fits, or put another python3 first on PATH"
    case .noSuchVersion: "the index has no such package or version: check the name and the version"
    case .unknown: "its last words are below; all of them are in the log"
    }
  }
}

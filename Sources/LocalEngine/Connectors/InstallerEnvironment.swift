internal import Glibc

/// What installers find in their environment: what tells them where packages are and how to build them, and nothing else of the parent's,
/// for what they run was written by others.
struct InstallerEnvironment: Sendable {
  /// Of an installer.
  let variables: [String: String]
  /// Of a connector that is started to see whether it starts.
  let connectorVariables: [String: String]

  /// - Parameter mark: tells whose the processes are.
  init(_ parent: [String: String], mark: [String: String] = [:]) {
    connectorVariables = parent.filter { ConnectorEnvironment.isInherited($0.key) }.merging(mark) { $1 }
    let own = parent.filter { Self.isForInstallers($0.key) }
    variables = Self.speaking(to: own.merging(connectorVariables) { $1 })
  }

  var path: String { ProgramSearch.path(in: variables) }

  /// Passwords of package indexes, which installers may print.
  var secrets: [String] {
    let named = variables.filter { name, _ in ["PASSWORD", "TOKEN"].contains { name.hasSuffix($0) } }.map(\.value)
    return named + variables.values.flatMap { $0.split(separator: " ").compactMap(Self.password) }
  }

  private static let names: Set<String> = [
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC", "TMPDIR", "USER", "LOGNAME",
    "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME", "XDG_DATA_HOME", "GIT_SSL_CAINFO", "GIT_SSH_COMMAND",
    "SSH_AUTH_SOCK", "PYENV_ROOT", "PYENV_VERSION", "CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS",
    "MAKEFLAGS", "PKG_CONFIG_PATH", "C_INCLUDE_PATH", "LIBRARY_PATH", "LD_LIBRARY_PATH", "CARGO_HOME", "RUSTUP_HOME",
  ]
  /// What would put a package elsewhere, or install something else.
  private static let misleading: Set<String> = [
    "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_PYTHON", "PIP_DRY_RUN", "PIP_EDITABLE", "PIP_REQUIREMENT",
    "PIP_REQUIRE_VIRTUALENV", "UV_PYTHON", "UV_SYSTEM_PYTHON", "UV_TARGET", "UV_PREFIX", "UV_PROJECT",
    "UV_WORKING_DIRECTORY",
  ]

  private static func isForInstallers(_ name: String) -> Bool {
    guard !misleading.contains(name) else { return false }
    return names.contains(name) || name.hasPrefix("PIP_") || name.hasPrefix("UV_")
  }

  /// uv does not read what pip is told: where only pip was told of an index, uv is told the same.
  private static func speaking(to variables: [String: String]) -> [String: String] {
    var variables = variables
    func tell(_ name: String, _ value: String?, unless others: String...) {
      guard let value, !others.contains(where: { variables[$0] != nil }), variables[name] == nil else { return }
      variables[name] = value
    }
    // A second lock on the door: pip must never install outside of the environment that was made for it.
    variables["PIP_REQUIRE_VIRTUALENV"] = "1"
    tell("UV_DEFAULT_INDEX", variables["PIP_INDEX_URL"], unless: "UV_INDEX_URL")
    tell("UV_INDEX", variables["PIP_EXTRA_INDEX_URL"], unless: "UV_EXTRA_INDEX_URL")
    tell("UV_FIND_LINKS", variables["PIP_FIND_LINKS"])
    tell("UV_NO_INDEX", variables["PIP_NO_INDEX"])
    tell("UV_CONSTRAINT", variables["PIP_CONSTRAINT"])
    tell("SSL_CERT_FILE", variables["PIP_CERT"])
    return variables
  }

  /// The password in `https://user:password@host`.
  private static func password(_ url: Substring) -> String? {
    let pieces = url.split(separator: "/", omittingEmptySubsequences: false)
    guard pieces.count > 2, pieces[0].hasSuffix(":"), let at = pieces[2].lastIndex(of: "@") else { return nil }
    let user = pieces[2][..<at]
    guard let colon = user.firstIndex(of: ":") else { return user.isEmpty ? nil : String(user) }
    return String(user[user.index(after: colon)...])
  }
}

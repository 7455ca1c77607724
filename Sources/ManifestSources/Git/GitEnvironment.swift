/// What git and its transports see of an environment: how to reach and to identify, and nothing that could ask, run or move anything.
func gitEnvironment(from outer: [String: String], credentials: GitCredentials?) -> [String] {
  var variables = outer.filter { passed.contains($0.key) || passedPrefixes.contains(where: $0.key.hasPrefix) }
  if let credentials {
    let count = variables["GIT_CONFIG_COUNT"].flatMap(Int.init) ?? 0
    variables.merge(credentials.settings(after: count)) { _, new in new }
  }
  variables.merge(fixed) { _, new in new }
  return variables.map { "\($0.key)=\($0.value)" }.sorted()
}

private let passed: Set<String> = [
  "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND",
  "GIT_SSH", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY",
  "GIT_SSL_NO_VERIFY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "KRB5CCNAME", "http_proxy", "https_proxy",
  "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "GIT_PROXY_COMMAND",
]

/// Settings that are given by the environment: `GIT_CONFIG_GLOBAL`, `GIT_CONFIG_COUNT` and so on.
private let passedPrefixes = ["GIT_CONFIG_"]

private let fixed = [
  "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh", "GIT_OPTIONAL_LOCKS": "0",
  "GIT_NO_REPLACE_OBJECTS": "1", "GIT_LITERAL_PATHSPECS": "1", "GCM_INTERACTIVE": "never",
]

internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// What a connector finds in its environment: a few variables of the parent's, what pipectl says of the run, and what its manifest names.
struct ConnectorEnvironment {
  /// Sorted by name; the manifest wins.
  private(set) var variables: [String: String]

  init(
    _ specification: RunSpecification, _ directory: RunDirectory, attempt: Int, role: ConnectorRole, named: JSONValue
  ) {
    variables = Self.inherited()
    let run = specification.order.run
    variables["PIPECTL_RUN_ID"] = run.description
    variables["PIPECTL_PIPELINE"] = run.pipeline.text
    variables["PIPECTL_ATTEMPT"] = String(attempt)
    variables["PIPECTL_ROLE"] = role.rawValue
    for (name, value) in specification.order.circumstances { variables[name] = value }
    for member in named.objectValue ?? [] { variables[member.key] = member.value.stringValue ?? member.value.text }
    // Last, and not to be overridden: it tells whose a process is.
    variables[Self.mark] = directory.path
  }

  /// For a look at a connector outside of any run; `directory` is its private folder.
  init(looking directory: RunDirectory, role: ConnectorRole, named: JSONValue) {
    variables = Self.inherited()
    variables["PIPECTL_ROLE"] = role.rawValue
    for member in named.objectValue ?? [] { variables[member.key] = member.value.stringValue ?? member.value.text }
    variables[Self.mark] = directory.path
  }

  static let mark = "PIPECTL_RUN_DIRECTORY"

  var path: String { variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin" }
  var strings: [String] { variables.map { "\($0.key)=\($0.value)" }.sorted() }

  private static let names: Set<String> = [
    "PATH", "HOME", "LANG", "TZ", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    "http_proxy", "https_proxy", "all_proxy", "no_proxy",
  ]

  private static func inherited() -> [String: String] {
    processEnvironment().filter { isInherited($0.key) }
  }

  /// Whether every child gets the parent's variable of that name.
  static func isInherited(_ name: String) -> Bool { names.contains(name) || name.hasPrefix("LC_") }
}

extension StartOrder {
  /// What a program may want to know of its run.
  fileprivate var circumstances: [String: String] {
    var known = [
      "PIPECTL_MODE": mode.rawValue, "PIPECTL_GENERATION": String(generation),
      "PIPECTL_DROP_DESTINATION_FIRST": String(dropDestinationFirst),
    ]
    switch trigger {
    case .request(let request): (known["PIPECTL_TRIGGER"], known["PIPECTL_REQUEST"]) = ("request", request.text)
    case .slot(let slot): (known["PIPECTL_TRIGGER"], known["PIPECTL_SLOT"]) = ("slot", slot.description)
    case .external: known["PIPECTL_TRIGGER"] = "external"
    }
    return known
  }
}

/// The variables of this process.
func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var pointer = environ
  while let entry = pointer.pointee {
    let text = String(cString: entry)
    if let equals = text.firstIndex(of: "=") {
      variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    pointer += 1
  }
  return variables
}

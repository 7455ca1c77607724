internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// What a connector finds in its environment: a few variables of the parent's, what pipectl says of the run, and what its manifest names.
struct ConnectorEnvironment {
  private let variables: [String: String]

  init(
    _ specification: RunSpecification, _ directory: RunDirectory, attempt: Int, role: ConnectorRole, named: JSONValue
  ) {
    let order = specification.order
    let run = [
      "PIPECTL_RUN_ID": order.run.description, "PIPECTL_PIPELINE": order.run.pipeline.text,
      "PIPECTL_ATTEMPT": String(attempt),
    ]
    self.init(directory, role, named, run.merging(order.circumstances) { $1 })
  }

  /// For a look at a connector outside of any run; `directory` is its private folder.
  init(looking directory: RunDirectory, role: ConnectorRole, named: JSONValue) {
    self.init(directory, role, named, [:])
  }

  /// What comes later wins: the manifest over what pipectl says.
  private init(_ directory: RunDirectory, _ role: ConnectorRole, _ named: JSONValue, _ run: [String: String]) {
    var variables = Self.inherited().merging(run) { $1 }
    variables["PIPECTL_ROLE"] = role.rawValue
    for member in named.objectValue ?? [] { variables[member.key] = member.value.stringValue ?? member.value.text }
    // Last, and not to be overridden: it tells whose a process is.
    variables[Self.mark] = directory.path
    self.variables = variables
  }

  static let mark = "PIPECTL_RUN_DIRECTORY"

  /// As `NAME=value`, sorted by name.
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

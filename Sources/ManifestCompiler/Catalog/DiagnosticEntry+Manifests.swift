extension DiagnosticEntry.Example {
  /// A pipeline between two built-in connectors, with these lines at the end of its spec.
  static func pipeline(_ lines: String, environment: String? = nil, more: String = "") -> Self {
    let head = """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: orders}
      spec:
        source: {connector: {type: builtin, name: csv}, config: {path: in}}
        destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}

      """
    return Self(head + lines + (more.isEmpty ? "" : "\n---\n" + more), environment: environment)
  }

  /// A manifest of another kind.
  static func manifest(_ kind: ManifestKind, _ spec: String, name: String = "shop-db") -> Self {
    Self(text(kind, name, spec))
  }

  /// The environment `prod`, chosen, and a pipeline with these lines.
  static func environment(_ spec: String, pipeline lines: String) -> Self {
    .pipeline(lines, environment: "prod", more: text(.environment, "prod", spec))
  }

  static func text(_ kind: ManifestKind, _ name: String, _ spec: String) -> String {
    """
    apiVersion: \(ManifestKind.apiVersion)
    kind: \(kind.rawValue)
    metadata: {name: \(name)}
    spec:
    \(spec)
    """
  }
}

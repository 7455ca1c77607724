import Diagnostics

/// The two ends of a pipeline, and the built-in connectors that can stand there.
enum ConnectorEnd {
  case source
  case destination

  private static let taps = ["csv"]
  private static let targets = ["jsonl", "sqlite"]

  func broken(in connection: CheckedObject) -> [Diagnostic] {
    guard let connector = connection[ConnectionFields.connector] else { return [] }
    return meaningless(in: connector) + brokenProgram(of: connector) + brokenName(of: connector)
  }

  /// Targets take no catalog and keep no state.
  private func meaningless(in connector: CheckedObject) -> [Diagnostic] {
    guard self == .destination, connector[ConnectorFields.type] == .singer else { return [] }
    let fields: [any DescribedField] = [ConnectorFields.catalogArgument, ConnectorFields.capabilities]
    return fields.filter { connector.says($0) }.map { field in
      Diagnostic(
        .meaninglessKey, "`\(field.description.key)` means something only for a source",
        at: connector.keyRange(of: field), help: Help("remove it"))
    }
  }

  /// A package brings its programs by their names.
  private func brokenProgram(of connector: CheckedObject) -> [Diagnostic] {
    guard connector.says(ConnectorFields.package), let program = connector[ConnectorFields.executable],
      program.hasPrefix("/")
    else { return [] }
    let name = String(program.split(separator: "/").last ?? "")
    return [
      Diagnostic(
        .invalidExecutable, "with `package`, `executable` is the name of a program that the package installs",
        at: connector.range(of: ConnectorFields.executable),
        secondary: [LabelledRange(connector.keyRange(of: ConnectorFields.package), "`package` is here")],
        help: Help("write `\(excerpt(name))`, or leave `package` out to run a program that is there already"))
    ]
  }

  private func brokenName(of connector: CheckedObject) -> [Diagnostic] {
    guard let name = connector[ConnectorFields.name] else { return [] }
    let (fitting, others) = self == .source ? (Self.taps, Self.targets) : (Self.targets, Self.taps)
    if fitting.contains(name) { return [] }
    let place = connector.range(of: ConnectorFields.name)
    if others.contains(name) {
      let headline =
        self == .source ? "the built-in connector `\(name)` only writes" : "the built-in connector `\(name)` only reads"
      return [
        Diagnostic(.wrongEnd, headline, at: place, help: Help("\(oneOf(fitting)) can stand here"))
      ]
    }
    let near = nearest(name, among: fitting + others)
    return [
      Diagnostic(
        .unknownBuiltin, "there is no built-in connector `\(excerpt(name))`", at: place,
        help: near.map { Help("did you mean `\($0)`?", replacement: $0) } ?? Help("there are \(oneOf(fitting))"))
    ]
  }
}

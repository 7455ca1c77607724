import Diagnostics
import ManifestSyntax
import PipelineModel

extension ConnectorEnd {
  /// What a built-in connector has against its settings; nothing is said of one that cannot stand here.
  func brokenSettings(in connection: CheckedObject, by check: CompileOptions.SettingCheck) -> [Diagnostic] {
    guard let connector = connection[ConnectionFields.connector], connector[ConnectorFields.type] == .builtin,
      let name = connector[ConnectorFields.name], broken(in: connection).isEmpty,
      let settings = connection[ConnectionFields.config]
    else { return [] }
    // Settings that are left away have no place of their own.
    let isWritten = connection.says(ConnectionFields.config)
    let whole = isWritten ? settings.tree.range : connector.range(of: ConnectorFields.name)
    return check(name, settings.value).compactMap { settings.diagnostic($0, whole: whole) }
  }
}

extension CheckedSettings {
  /// Nil where the value is not known, for want of a variable.
  fileprivate func diagnostic(_ problem: SettingProblem, whole: SourceRange) -> Diagnostic? {
    let place = tree.place(of: problem.path[...])
    guard place.node.range != tree.range else {
      return Diagnostic(.connectorSetting, problem.headline, at: whole, help: problem.help)
    }
    if unsettled.contains(place.node.range) { return nil }
    return Diagnostic(
      .connectorSetting, problem.headline, at: problem.isUnknownKey ? place.key : place.node.range,
      secondary: provenance.definitions(of: place.node.range), help: problem.help)
  }
}

extension SyntaxNode {
  /// The node at the end of a path, or the last one on the way that is there, and where its key is written.
  fileprivate func place(of path: ArraySlice<String>) -> (node: SyntaxNode, key: SourceRange) {
    guard let step = path.first else { return (self, range) }
    switch content {
    case .mapping(let entries):
      guard let entry = entries.first(where: { $0.key == step }) else { return (self, range) }
      let found = entry.value.place(of: path.dropFirst())
      return path.count == 1 ? (found.node, entry.keyRange) : found
    case .sequence(let items):
      guard let index = Int(step), items.indices.contains(index) else { return (self, range) }
      return items[index].place(of: path.dropFirst())
    case .null, .bool, .int, .float, .string: return (self, range)
    }
  }
}

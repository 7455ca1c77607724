import ArgumentParser
import LocalEngine

struct ConnectorsListCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the installed connectors, and the pipelines that use them.",
    discussion: "Only pipelines of this state folder are known. An installation that is not complete is never used.")

  @Option(name: .shortAndLong, help: "table, wide, json, yaml or name.")
  var output: ObjectFormat = .table
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let users = try workspace.packageUsers()
    let views = try workspace.installedConnectors().map { ConnectorView($0, usedBy: users[$0.requirement ?? ""] ?? []) }
    if views.isEmpty, output == .table || output == .wide {
      return .done("No connector is installed in \(workspace.connectors.path).")
    }
    try global.terminal.show(views, as: output, names: { "connector/\($0.metadata.name)" }) { wide, paint in
      ConnectorView.lines(views, wide: wide, paint: paint)
    }
    return .done()
  }
}

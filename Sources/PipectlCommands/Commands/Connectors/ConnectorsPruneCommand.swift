import ArgumentParser
import LocalEngine

struct ConnectorsPruneCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Remove installed connectors that no pipeline of this state folder names.",
    discussion: """
      Those that are not complete go too; none that a run is using. What is removed is installed again when it is needed. Where \
      PIPECTL_CONNECTORS names a folder that several state folders share, the pipelines of the others are not known here.
      """)

  @Flag(help: "Tell what would be removed, and remove nothing.")
  var dryRun = false
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let users = try workspace.packageUsers()
    let items = try workspace.installedConnectors().compactMap { installed -> PruneView.Item? in
      guard installed.contents == nil || users[installed.requirement ?? ""] == nil else { return nil }
      return PruneView.Item(installed, try outcome(of: installed, workspace.connectors))
    }
    let view = PruneView(items: items, isDryRun: dryRun)
    try global.terminal.show(view, as: output) { _ in view.text }
    return .done(view.sentence)
  }

  private func outcome(of installed: ConnectorInstallation, _ folder: ConnectorsFolder) throws -> PruneView.Outcome {
    if installed.isInUse { return .inUse }
    if dryRun { return .wouldBeRemoved }
    do {
      return try folder.remove(installed) ? .removed : .inUse
    } catch {
      throw CommandEnd.failed("\(installed.path) could not be removed: \(error); what is left of it is not used")
    }
  }
}

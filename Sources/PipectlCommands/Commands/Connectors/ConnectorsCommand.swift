import ArgumentParser

struct ConnectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connectors",
    abstract: "Look at the connectors that are installed from packages, and keep house there.",
    discussion: """
      They are installed by the runs that need them, each into a virtual environment of its own: in the state folder, or in the folder \
      that PIPECTL_CONNECTORS names.
      """,
    subcommands: [ConnectorsListCommand.self, ConnectorsInstallCommand.self, ConnectorsPruneCommand.self])
}

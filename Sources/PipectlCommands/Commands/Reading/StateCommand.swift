import ArgumentParser

struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Look at the states that runs go on from, set them, and back up the state folder.",
    subcommands: [
      StateShowCommand.self, StateHistoryCommand.self, StateRollbackCommand.self, StateSetCommand.self,
      StateBackupCommand.self, StateRestoreCommand.self,
    ])
}

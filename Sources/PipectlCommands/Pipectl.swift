import ArgumentParser

/// The root of the command line.
struct Pipectl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipectl", abstract: "GitOps for data replication: manifests in, replication jobs out.",
    discussion: """
      Exit codes: 0 done; 1 error, refusal or a failed run; 2 changes are pending (only with --detailed-exitcode); 64 wrong \
      usage; 130 and 143 interrupted. `diff` has 0 for no difference, 1 for some, 2 for an error.
      """,
    version: "pipectl \(pipectlVersion)", subcommands: acting + reading)

  /// Commands that compile, plan and act.
  private static let acting: [any ParsableCommand.Type] = [
    ValidateCommand.self, PlanCommand.self, ApplyCommand.self, DiffCommand.self, StartCommand.self, StopCommand.self,
    CompleteCommand.self, ServeCommand.self, PauseCommand.self, ResumeCommand.self, WaitCommand.self,
    DeleteCommand.self, ImportCommand.self, GcCommand.self,
  ]

  /// Commands that read and explain.
  private static let reading: [any ParsableCommand.Type] = [
    GetCommand.self, DescribeCommand.self, LogsCommand.self, HistoryCommand.self, CommitsCommand.self, WhyCommand.self,
    StateCommand.self,
    ScheduleCommand.self, ConnectorsCommand.self, ExplainCommand.self, SchemaCommand.self, DoctorCommand.self,
    VersionCommand.self,
    CompletionCommand.self,
  ]
}

/// The version of this program.
let pipectlVersion = "0.1.0"

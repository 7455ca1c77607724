import ArgumentParser

struct ResumeCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a pipeline's slots start, whatever its manifest says.",
    discussion: "The override holds until it expires or is removed.")

  @Argument(help: "The pipeline.", completion: .pipelines)
  var pipeline: String
  @Option(help: "Why; recorded and shown.")
  var reason: String?
  @Option(help: "When it ends by itself: an instant or a span (`2h`).")
  var until: InstantArgument?
  @Flag(help: "Take the override away: the manifest's value holds again.")
  var remove = false
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if remove && (until != nil || reason != nil) {
      throw ValidationError("--remove takes neither --until nor --reason")
    }
  }

  func verdict() async throws -> Verdict {
    try await OverrideCommand(
      pipeline: pipeline, isPaused: remove ? nil : false, reason: reason, until: until, lockTimeout: lockTimeout.span,
      global: global
    ).verdict()
  }
}

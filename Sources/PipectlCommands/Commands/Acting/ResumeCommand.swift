import ArgumentParser

struct ResumeCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let the slots of each pipeline start, whatever its manifest says.",
    discussion: "The override holds until it expires or is removed.")

  @OptionGroup var override: OverrideOptions
  @OptionGroup var global: GlobalOptions

  var output: DocumentFormat { override.output }

  func verdict() async throws -> Verdict {
    try await OverrideCommand(override, isPaused: false, global: global).verdict()
  }
}

import ArgumentParser

struct PauseCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Pause the schedule of each pipeline, whatever its manifest says.",
    discussion:
      "Slots stop; a run in progress goes on, and `pipectl start` still works. The override holds until it expires or is removed."
  )

  @OptionGroup var override: OverrideOptions
  @OptionGroup var global: GlobalOptions

  var output: DocumentFormat { override.output }

  func verdict() async throws -> Verdict {
    try await OverrideCommand(override, isPaused: true, global: global).verdict()
  }
}

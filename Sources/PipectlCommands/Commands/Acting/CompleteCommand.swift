import ArgumentParser
import ControlLoop
import PipelineModel

struct CompleteCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "End the continuous run of each pipeline well, after its current round.",
    discussion:
      "Only a run in its cdc stage can be completed; in the snapshot stage it is refused, and only `pipectl stop` ends it. A command is sent SIGINT, where it declares that it can be completed."
  )

  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "The id of this request. (default: complete- and the time)", transform: requestText)
  var request: String?
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var wait: WaitOptions
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try pipelines.require() }

  func verdict() async throws -> Verdict {
    let job = try JobCommand(
      .complete, of: pipelines, id: request, reason: reason, until: wait.goal, in: global.folder)
    let result = try await job.pursue(global, consent, wait)
    return try global.terminal.report(result, as: output, plan: nil, done: job.sentences(result.stopSentence))
  }
}

import ArgumentParser
import ControlLoop
import PipelineModel
import StoreAPI

struct StopCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Cancel the active run of each pipeline, however it was started.",
    discussion:
      "Extraction ends; what was extracted is still loaded, and the run is over when loading is. The schedule and the paused flag stay as they are."
  )

  @OptionGroup var pipelines: PipelineSelection
  @Option(
    name: .customLong("run"), help: "Cancel this run only, as `orders.17`, and no later one.", transform: plainName)
  var run: String?
  @Option(help: "The id of this request. (default: cancel- and the time)", transform: requestText)
  var request: String?
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var wait: WaitOptions
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let isChosen = !pipelines.names.isEmpty || pipelines.selector != nil
    if isChosen == (run != nil) { throw ValidationError("name a pipeline, or a run with --run") }
    if let run, RunID(run) == nil {
      throw ValidationError("`\(run)` is no run id; they look like `orders.17`")
    }
  }

  func verdict() async throws -> Verdict {
    let aim = run.flatMap { RunID($0) }
    var chosen = pipelines
    if let aim { chosen.names = [aim.pipeline.text] }
    let job = try JobCommand(
      .cancel, of: chosen, id: request, reason: reason, aim: aim, until: wait.goal,
      in: global.folder)
    if let aim, let end = try await end(without: aim, job) { throw end }
    let result = try await job.pursue(global, consent, wait)
    return try global.terminal.report(
      result, as: output, plan: nil, done: job.sentences(result.stopSentence), aftermaths: try result.whatStays(of: job)
    )
  }

  /// The answer where the run that is meant is not the active one; absent where it is.
  private func end(without aim: RunID, _ job: JobCommand) async throws -> CommandEnd? {
    let preview = try await job.workspace.controller().preview(LoopGoal(scope: [aim.pipeline]))
    if preview.stored.runs.contains(where: { $0.id == aim && $0.isActive }) { return nil }
    guard try job.workspace.store.run(aim) != nil else {
      return .failed("there is no run `\(aim)`; `pipectl get runs \(aim.pipeline)` lists them")
    }
    return CommandEnd(.done("\(aim) is over already; nothing was stopped."), outcome: "Done")
  }
}

import ArgumentParser
import ControlLoop
import PipelineModel
import Reconciler

struct StartCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a run of each pipeline, paused or not.",
    discussion:
      "The pair of pipeline and request id is acted on at most once, ever: repeating the command with the same --request starts nothing twice."
  )

  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "What to read; the pipeline's own mode where it is not given.")
  var mode: ModeArgument?
  @Option(help: "What to do where a run is active.")
  var ifRunning: ConflictArgument = .reject
  @Option(help: "The id of this request. (default: start- and the time)", transform: requestText)
  var request: String?
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @Flag(help: "Empty the destination first. This rewrites the destination.")
  var dropDestinationFirst = false
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var wait: WaitOptions
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try pipelines.require() }

  func verdict() async throws -> Verdict {
    let action = JobAction.start(
      StartOptions(
        mode: mode?.mode, ifRunning: ifRunning.policy, dropDestinationFirst: dropDestinationFirst))
    let job = try JobCommand(
      action, of: pipelines, id: request, reason: reason, until: wait.goal, in: global.folder)
    let result = try await job.pursue(global, consent, wait)
    return try global.terminal.report(result, as: output, plan: nil, done: job.sentences(result.startSentence))
  }
}

extension LoopResult {
  /// What the start came to, where no run is shown that says it.
  fileprivate func startSentence(of record: PipelineRecord) -> String? {
    let name = record.name
    let runs = runs.filter { $0.id.pipeline == name }
    if let run = runs.first(where: \.isActive) { return sentence(of: run) }
    guard runs.isEmpty, let request = requests.first(where: { $0.key.pipeline == name }) else { return nil }
    let whose = requests.count == 1 ? "" : " of \(name)"
    return
      "Request `\(request.key.request)`\(whose) was acted on before, and nothing was started: \(request.state.sentence)."
  }

  /// How a run stands that is not over: that its start was sent does not say that it runs.
  private func sentence(of run: RunRecord) -> String {
    switch run.report.status {
    case .starting:
      let unknown = executed.last { $0.operation.effect.run == run.id }?.answer.uncertainty
      return unknown.map {
        "Whether \(run.id) has begun is not known yet: \($0.harmless). `pipectl wait \(run.id.pipeline)` or a controller finds out; until then nothing else of \(run.id.pipeline) starts."
      } ?? "\(run.id) is ordered, and has not begun yet."
    case .active, .ended: return "\(run.id) is running."
    case .backingOff, .stopping: return "\(run.id) is \(run.report.status.word)."
    case .unconfirmed: return "\(run.id) is not proven to have ended."
    }
  }
}

extension OperationAnswer {
  /// Why nobody knows what became of it, where that is so.
  fileprivate var uncertainty: String? {
    if case .uncertain(let words) = self { words } else { nil }
  }
}

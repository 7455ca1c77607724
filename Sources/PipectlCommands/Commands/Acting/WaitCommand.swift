import ArgumentParser
import ControlLoop
import PipelineModel

struct WaitCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Wait for a run, or for a condition, of each pipeline; nothing is changed.",
    discussion: """
      --for takes one of
        run-finished             no run is active
        run-succeeded            no run is active, and the latest one ended well; fails at once where it did not
        cdc                      the active run follows changes; fails at once where none is active
        delete                   it is let go
        condition=TYPE[=STATUS]  a condition of `pipectl get -o json` is True, or False, or Unknown; what is not shown is False
      """)

  @OptionGroup var pipelines: PipelineSelection
  @Option(
    name: .customLong("for"),
    help:
      "What to wait for: run-finished, run-succeeded, cdc, delete, condition=TYPE[=STATUS]. (default: run-finished)",
    completion: .list(
      ["run-finished", "run-succeeded", "cdc", "delete"] + ConditionView.types.map { "condition=\($0)" }),
    transform: AwaitedState.init)
  var goal: AwaitedState = .runFinished
  @Option(help: "Give up, with exit code 1, when all of it took this long.")
  var timeout: SpanArgument?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try pipelines.require() }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, endsOrphans: true, tracer: global.callTracer)
    let records = try goal == .deleted ? pipelines.anyRecords(in: workspace) : pipelines.runningRecords(in: workspace)
    Interruption.watch()
    let deadline = timeout.map { workspace.clock.now() + $0.span }
    var verdicts: [Verdict] = []
    var runs: [RunSummary] = []
    for record in records {
      let wait = PipelineWait(
        workspace: workspace, pipeline: record.name, follower: try RunFollower(record, global), goal: goal,
        timeout: timeout?.span, deadline: deadline,
        display: ProgressDisplay(terminal: global.terminal, isAnnounced: true) { _ in })
      let end = try await wait.end()
      verdicts.append(end.verdict)
      runs += end.run.map { [RunSummary($0)] } ?? []
      if case .interrupted = end.verdict { break }
    }
    let verdict = Verdict(ofAll: verdicts)
    if let form = output.data {
      try global.terminal.document(ResultView(ended: verdict, outcome: verdict.word, runs: runs), as: form)
    }
    return verdict
  }
}

extension Verdict {
  /// The worst of several, with what each of those says; at least one.
  init(ofAll verdicts: [Verdict]) {
    let worst = verdicts.max { $0.exitCode < $1.exitCode } ?? .done()
    let lines = verdicts.filter { $0.exitCode == worst.exitCode }.compactMap(\.text)
    let text = lines.isEmpty ? nil : lines.joined(separator: "\n")
    self =
      switch worst {
      case .failed: .failed(text)
      case .interrupted(_, let signal): .interrupted(text, signal: signal)
      case .done, .changesPending, .differs, .diffFailed, .usage: .done(text)
      }
  }

  private var text: String? {
    switch self {
    case .done(let text), .failed(let text), .interrupted(let text, _): text
    case .changesPending, .differs, .diffFailed, .usage: nil
    }
  }
}

import ArgumentParser
import ControlLoop
import PipelineModel

struct WaitCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Wait for a pipeline; nothing is changed.")

  enum Condition: String, CaseIterable, ExpressibleByArgument {
    /// No run is active.
    case ended
    /// No run is active, and the latest one ended well.
    case succeeded
    /// The active run follows changes.
    case cdc
  }

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @Option(
    name: .customLong("for"),
    help: "ended: no run is active; succeeded: and the latest ended well; cdc: the run follows changes.")
  var condition: Condition = .ended
  @Option(help: "Give up, with exit code 1, after this long.")
  var timeout: SpanArgument?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let (verdict, latest) = try await waited()
    if let form = output.data {
      let runs = latest.map { [RunSummary($0)] } ?? []
      try global.terminal.document(ResultView(ended: verdict, outcome: verdict.word, runs: runs), as: form)
    }
    return verdict
  }

  /// How it went, and the run that was waited for.
  private func waited() async throws -> (Verdict, RunRecord?) {
    let workspace = try Workspace.openForReading(global.folder, endsOrphans: true)
    let record = try workspace.pipeline(pipeline)
    Interruption.watch()
    let display = ProgressDisplay(terminal: global.terminal, isAnnounced: true) { _ in }
    let deadline = timeout.map { workspace.clock.now() + $0.span }
    let waiter = LocalRunWaiter(engine: workspace.local) { await display.show($0) }
    let controller = workspace.controller()
    var stranded: StrandedRun?
    while true {
      // The engine is read, and nothing is recorded: that is for whoever acts next.
      let preview = try await controller.preview(LoopGoal(scope: [record.name]))
      if let refusal = preview.refusal { throw CommandEnd(refusal) }
      let latest = preview.stored.runs.last { $0.id.pipeline == record.name }
      if let verdict = judge(latest) {
        await display.end(latest.map { [$0] } ?? [])
        return (verdict, latest)
      }
      let now = workspace.clock.now()
      stranded = latest.flatMap { StrandedRun($0, in: preview, now: now) }?.known(since: stranded)
      if let stranded, stranded.givenUpAt <= now {
        await display.end([])
        return (.failed(stranded.sentence), latest)
      }
      let runs = stranded?.isToBeTriedAgain == true ? [] : latest.map { [$0.id] } ?? []
      let until = [deadline, stranded?.givenUpAt].compactMap { $0 }.min()
      switch await waiter.wait(for: runs, until: until) {
      case .changed: break
      case .deadline where until != deadline: break
      case .deadline:
        await display.end([])
        return (.failed(stranded?.sentence ?? lateness(latest)), latest)
      case .interrupted:
        await display.end([])
        let farewell = "Interrupted; \(latest?.id.description ?? pipeline) goes on."
        return (.interrupted(farewell, signal: Interruption.signalNumber ?? 2), latest)
      }
    }
  }

  private func lateness(_ latest: RunRecord?) -> String {
    let run = latest?.id.description ?? pipeline
    let word = latest?.report.status.word ?? "unknown"
    return "\(run) is not there after \(timeout?.span ?? Workspace.lockTimeout): it is \(word)"
  }

  /// Absent while there is something to wait for.
  private func judge(_ latest: RunRecord?) -> Verdict? {
    guard let latest else {
      return condition == .ended
        ? .done("\(pipeline) has never run.")
        : .failed("\(pipeline) has never run; `pipectl start \(pipeline)` starts it")
    }
    if let outcome = latest.report.status.outcome {
      let line = "\(latest.id) has ended: \(outcome.word)"
      let isMet = condition == .ended || condition == .succeeded && outcome.isGood
      return isMet ? .done(line + ".") : .failed(line + "; `pipectl describe run \(latest.id)` tells more")
    }
    return condition == .cdc && latest.report.status == .active(.cdc) ? .done("\(latest.id) follows changes.") : nil
  }
}

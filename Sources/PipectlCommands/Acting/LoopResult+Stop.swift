import ControlLoop
import PipelineModel
import Reconciler

extension LoopResult {
  /// What a stop came to, in one sentence.
  func stopSentence(of name: PipelineName) -> String? {
    if let run = runs.first(where: { $0.id.pipeline == name }) {
      return run.isActive ? "\(run.id) was told to stop." : "\(run.id) is over: \(run.report.status.word)."
    }
    switch requests.first(where: { $0.key.pipeline == name })?.state.result {
    case .nothingToCancel where requests.count == 1: return "Nothing was running; nothing was stopped."
    case .nothingToCancel: return "Nothing of \(name) was running; nothing was stopped."
    case .alreadyEnded(let run): return "\(run) had already ended by itself; nothing was stopped."
    case let result?: return "The request was acted on before: \(result.sentence)."
    case nil: return nil
    }
  }

  /// What a stopped run leaves behind, and when the next one comes.
  func whatStays(of job: JobCommand) -> [String] {
    guard job.records.count > 1 else { return runs.first.map { whatStays(of: $0, job) } ?? [] }
    return runs.flatMap { run in whatStays(of: run, job).map { "\(run.id): \($0)" } }
  }

  private func whatStays(of run: RunRecord, _ job: JobCommand) -> [String] {
    guard run.report.status.outcome == .cancelled else { return [] }
    let records = run.report.streams.reduce(0) { $0 + $1.records }
    var lines = [records == 0 ? "Nothing was loaded." : "What was loaded stays: \(counted(records, "record"))."]
    if run.order.spec.work.commandJob != nil { lines = ["What the command had done by then stays as it is."] }
    if run.wasReadingEverything && records > 0 {
      lines.append("Snapshot cancelled: the destination holds a part of it, and only a new run completes it.")
    }
    let slots = SlotClock(job.records.map(\.applied), now: job.workspace.clock.now())
    if let next = slots.next(of: run.id.pipeline) {
      lines.append(
        "Next slot: \(slots.view(next, of: run.id.pipeline).text), \(relativeText(next, slots.now)); the schedule is untouched."
      )
    }
    return lines
  }
}

extension RunRecord {
  /// Whether the run, when it ended, was still reading everything there is.
  fileprivate var wasReadingEverything: Bool {
    switch order.mode {
    case .historical, .snapshot: true
    case .continuous: !report.stages.contains { $0.stage == .cdc }
    case .incremental: false
    }
  }
}

import ControlLoop
import PipelineModel
import Reconciler
import StoreAPI

extension LoopResult {
  /// What a stop came to, in one sentence.
  var stopSentence: String? {
    if let run = runs.first {
      return run.isActive ? "\(run.id) was told to stop." : "\(run.id) is over: \(run.report.status.word)."
    }
    switch requests.first?.state.result {
    case .nothingToCancel: return "Nothing was running; nothing was stopped."
    case .alreadyEnded(let run): return "\(run) had already ended by itself; nothing was stopped."
    case let result?: return "The request was acted on before: \(result.sentence)."
    case nil: return nil
    }
  }

  /// What a stopped run leaves behind, and when the next one comes.
  func whatStays(of job: JobCommand) throws(StoreError) -> CancelAftermath? {
    guard let run = runs.first, run.report.status.outcome == .cancelled else { return nil }
    let records = run.report.streams.reduce(0) { $0 + $1.records }
    var lines = [records == 0 ? "Nothing was loaded." : "What was loaded stays: \(counted(records, "record"))."]
    if run.order.spec.work.commandJob != nil { lines = ["What the command had done by then stays as it is."] }
    if run.wasReadingEverything && records > 0 {
      lines.append("Snapshot cancelled: the destination holds a part of it, and only a new run completes it.")
    }
    let cancelled = try job.workspace.store.slots(of: run.id.pipeline, limit: 20).filter {
      $0.outcome == .cancelled(with: run.id)
    }
    let slots = SlotClock([job.record.applied], now: job.workspace.clock.now())
    return CancelAftermath(
      stays: lines, cancelledSlots: cancelled.map(\.instant).sorted(), next: slots.next(of: job.record),
      pause: job.record.pause(at: slots.now), clock: slots, pipeline: run.id.pipeline)
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

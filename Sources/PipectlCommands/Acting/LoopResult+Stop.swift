import ControlLoop
import PipelineModel
import Reconciler
import StoreAPI

extension LoopResult {
  /// What a stop came to, in one sentence.
  func stopSentence(of record: PipelineRecord) -> String? {
    let name = record.name
    if let run = runs.first(where: { $0.id.pipeline == name }) {
      return run.isActive ? "\(run.id) was told to stop." : "\(run.id) is over: \(run.report.status.word)."
    }
    switch requests.first(where: { $0.key.pipeline == name })?.state.result {
    case .nothingToCancel where record.capabilities?.stopsUnseen == true:
      return
        "pipectl knows of no run of \(name), and engine `\(record.applied.spec.engine.name)` took no stop of whatever may run there: nothing was stopped."
    case .nothingToCancel where requests.count == 1: return "Nothing was running; nothing was stopped."
    case .nothingToCancel: return "Nothing of \(name) was running; nothing was stopped."
    case .alreadyEnded(let run): return "\(run) had already ended by itself; nothing was stopped."
    case let result?: return "The request was acted on before: \(result.sentence)."
    case nil: return nil
    }
  }

  /// What a stopped run leaves behind, and when the next one comes.
  func whatStays(of job: JobCommand) throws(StoreError) -> [CancelAftermath] {
    var aftermaths: [CancelAftermath] = []
    for run in runs where run.report.status.outcome == .cancelled {
      guard let record = job.records.first(where: { $0.name == run.id.pipeline }) else { continue }
      aftermaths.append(try whatStays(of: run, record, job.workspace))
    }
    return aftermaths
  }

  private static let keptSchedule = "The schedule, which the engine keeps, is untouched."

  private func whatStays(
    of run: RunRecord, _ record: PipelineRecord, _ workspace: Workspace
  ) throws(StoreError) -> CancelAftermath {
    let records = run.records
    var lines = [
      records.map { $0 == 0 ? "Nothing was loaded." : "What was loaded stays: \(counted($0, "record"))." }
        ?? run.untoldRest
    ]
    if run.order.spec.work.commandJob != nil { lines = ["What the command had done by then stays as it is."] }
    let isRemote = run.order.spec.work.isRemote
    if isRemote { lines.append(Self.keptSchedule) }
    if run.wasReadingEverything, let records, records > 0 {
      lines.append("Snapshot cancelled: the destination holds a part of it, and only a new run completes it.")
    }
    if run.order.spec.work.migration != nil {
      lines = [
        "Snapshot cancelled: what was migrated by then stays in the destination, and a new run begins anew; `dropDestinationFirst` empties it before."
      ]
    }
    if record.capabilities?.billsLoaded == true { lines.append("What was loaded is billed.") }
    let cancelled = try workspace.store.slots(of: run.id.pipeline, limit: 20).filter {
      $0.outcome == .cancelled(with: run.id)
    }
    let slots = SlotClock([record.applied], now: workspace.clock.now())
    return CancelAftermath(
      run: run.id, stays: lines, cancelledSlots: cancelled.map(\.instant).sorted(),
      next: isRemote ? nil : slots.next(of: record),
      pause: record.pause(at: slots.now), clock: slots)
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

extension RunRecord {
  /// What stays of a run of an engine that tells no numbers.
  fileprivate var untoldRest: String {
    let goesOn = capabilitiesByType[order.spec.engine.type]?.tailAfterStop == .loadsContinue
    let stays = goesOn ? "What was extracted by then is loaded and stays" : "What was loaded by then stays"
    return "\(stays); engine `\(observedFrom)` does not tell how much that is."
  }
}

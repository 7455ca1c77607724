import EngineAPI
import Foundation
import LocalEngine
import PipelineModel
import Reconciler
import StoreAPI

/// The folders of runs, beside a memory that is older than they are, or that has begun anew.
struct RunsOnDisk {
  let folder: String

  var active: [RunID] { runs(in: "active") }
  var ended: [RunID] { runs(in: "ended") }

  /// What the runs that were not put away add to what is recorded, and those that were, where they are recorded as going on.
  func absorbed(into stored: StoredState) -> Absorption {
    let engine = LocalEngine(runsDirectory: absolutePath(folder) + "/runs", isReadOnly: true)
    var observation = engine.observation()
    if case .complete(let revision, let at, let runs, let unreadable) = observation {
      let over = stored.runs.filter { $0.isActive && $0.observedFrom == .local && !active.contains($0.id) }
      let reports = over.compactMap { engine.progress(of: $0.id) }
      observation = .complete(revision, at: at, runs: runs + reports, unreadable: unreadable)
    }
    return absorb(
      [EngineAnswer(engine: .local, observation: observation)], into: stored, now: SystemClock().now())
  }

  /// Records the runs that the memory does not know, has the numbers of recorded pipelines go on after those of the folders, and puts the
  /// folders of others away, below that label: their ids must not be given to other runs.
  func reconcile(with store: any ControlStore, label: String) throws(StoreError) {
    let found = absorbed(into: try store.load(StoreQuery()))
    let latest = Dictionary(ended.map { ($0.pipeline, $0.number) }, uniquingKeysWith: max)
    let raised = found.stored.pipelines.compactMap { record -> StateChange? in
      guard let number = latest[record.name], number > record.lastRunNumber else { return nil }
      var record = record
      record.lastRunNumber = number
      return .putPipeline(record)
    }
    try store.commit(found.changes + raised)
    let known = Set(found.stored.pipelines.map(\.name))
    for run in ended where !known.contains(run.pipeline) { try putAway(run, label) }
  }

  /// A folder that is not there holds none.
  private func runs(in place: String) -> [RunID] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs/\(place)")) ?? []
    return names.sorted().compactMap { RunID($0) }
  }

  private func putAway(_ run: RunID, _ label: String) throws(StoreError) {
    let shelf = "\(folder)/runs/\(label)"
    do {
      try FileManager.default.createDirectory(
        atPath: shelf, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try FileManager.default.moveItem(atPath: "\(folder)/runs/ended/\(run)", toPath: "\(shelf)/\(run)")
    } catch {
      throw StoreError(
        .notWritable,
        "\(folder)/runs/ended/\(run), a run that the memory does not know, could not be moved to \(shelf); move it by hand before "
          + "anything is started"
      )
    }
  }
}

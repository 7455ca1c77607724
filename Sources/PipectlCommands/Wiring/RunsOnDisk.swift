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
  var isEmpty: Bool { active.isEmpty && ended.isEmpty }

  /// What they add to what is recorded: how those are getting on that it knows, and all of those that began after it.
  func absorbed(into stored: StoredState) -> Absorption {
    let engine = LocalEngine(runsDirectory: absolutePath(folder) + "/runs", isReadOnly: true)
    var observation = engine.observation()
    if case .complete(let revision, let at, let runs, let unreadable) = observation {
      let over = ended.compactMap { engine.progress(of: $0) }
      observation = .complete(revision, at: at, runs: runs + over, unreadable: unreadable)
    }
    return absorb(
      [EngineAnswer(engine: .local, observation: observation)], into: stored, now: SystemClock().now())
  }

  /// Records that; the number of a folder that cannot be read is not given again either.
  func reconcile(with store: any ControlStore) throws(StoreError) {
    let found = absorbed(into: try store.load(StoreQuery()))
    let latest = Dictionary((active + ended).map { ($0.pipeline, $0.number) }, uniquingKeysWith: max)
    let raised = found.stored.pipelines.compactMap { record -> StateChange? in
      guard let number = latest[record.name], number > record.lastRunNumber else { return nil }
      var record = record
      record.lastRunNumber = number
      return .putPipeline(record)
    }
    try store.commit(found.changes + raised)
  }

  /// A folder that is not there holds none.
  private func runs(in place: String) -> [RunID] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs/\(place)")) ?? []
    return names.sorted().compactMap { RunID($0) }
  }
}

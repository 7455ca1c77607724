import Foundation
import PipelineModel
import SQLiteStore
import StoreAPI

/// The folders of runs that a restored memory does not know: their ids must not be given to other runs.
struct RestoredRuns {
  let folder: String
  /// Names what is put away.
  let label: String

  /// Lets the numbers of recorded pipelines go on after those of the folders, and puts the folders of others away.
  func reconcile() throws {
    let store = try SQLiteStore.open(folder: folder)
    let latest = latestNumbers()
    var known: Set<PipelineName> = []
    var changes: [StateChange] = []
    for var record in try store.load(StoreQuery()).pipelines {
      known.insert(record.name)
      guard let number = latest[record.name], number > record.lastRunNumber else { continue }
      record.lastRunNumber = number
      changes.append(.putPipeline(record))
    }
    try store.commit(changes)
    for run in ended() where !known.contains(run.pipeline) { try putAway(run) }
  }

  private func latestNumbers() -> [PipelineName: Int] {
    Dictionary((ended() + runs(in: "active")).map { ($0.pipeline, $0.number) }, uniquingKeysWith: max)
  }

  private func ended() -> [RunID] { runs(in: "ended") }

  /// A folder that is not there holds none.
  private func runs(in place: String) -> [RunID] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs/\(place)")) ?? []
    return names.sorted().compactMap { RunID($0) }
  }

  private func putAway(_ run: RunID) throws(CommandEnd) {
    let shelf = "\(folder)/runs/\(label)"
    do {
      try FileManager.default.createDirectory(
        atPath: shelf, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try FileManager.default.moveItem(atPath: "\(folder)/runs/ended/\(run)", toPath: "\(shelf)/\(run)")
    } catch {
      throw .failed(
        "the memory is restored, but \(folder)/runs/ended/\(run) could not be moved to \(shelf); move it by hand before anything is started"
      )
    }
  }
}

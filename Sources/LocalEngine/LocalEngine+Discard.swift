public import EngineAPI
internal import Foundation
internal import Glibc
public import PipelineModel

extension LocalEngine {
  /// Also ends what an earlier call that was killed left half done.
  public func discard(_ runs: [RunID]) async -> DiscardedRuns { self.runs.discard(runs) }

  /// Folders of retired runs with the instant at which each was last changed, sorted by run.
  public func retiredRuns() -> [(run: RunID, changedAt: Timestamp)] { runs.retired() }
}

extension RunsFolder {
  /// A folder is renamed first, and that is durable when its record goes: what is half removed is found there again, and is no run's.
  fileprivate func discard(_ runs: [RunID]) -> DiscardedRuns {
    var discarded = DiscardedRuns(gone: [])
    for run in runs where !Files.exists(active(run).path) {
      do throws(PosixError) {
        try set(aside: run)
        discarded.gone.append(run)
      } catch {
        discarded.left.append(DiscardedRuns.Left(run: run, reason: error.description))
      }
    }
    do throws(PosixError) {
      for folder in [path + "/ended", dropped] where !runs.isEmpty && Files.exists(folder) {
        try Files.synchronize(folder: folder)
      }
    } catch {
      let reason = error.description
      discarded.left += discarded.gone.map { DiscardedRuns.Left(run: $0, reason: reason) }
      discarded.gone = []
    }
    removeDropped()
    return discarded
  }

  private var dropped: String { path + "/dropped" }

  private func set(aside run: RunID) throws(PosixError) {
    let folder = ended(run).path
    guard Files.exists(folder) else { return }
    try Files.makeFolder(dropped)
    // A run that was put away twice, before and after a restore, has two.
    let place = "\(dropped)/\(run)-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    guard rename(folder, place) == 0 || errno == ENOENT else { throw PosixError("move \(folder) to \(place)") }
  }

  /// What cannot be removed now is tried again each time.
  private func removeDropped() {
    for name in (try? Files.names(in: dropped)).flatMap({ $0 }) ?? [] {
      try? FileManager.default.removeItem(atPath: "\(dropped)/\(name)")
    }
  }

  fileprivate func retired() -> [(run: RunID, changedAt: Timestamp)] {
    let names = (try? Files.names(in: path + "/ended")).flatMap { $0 } ?? []
    return names.compactMap { RunID($0) }.sorted().compactMap { run in
      var status = stat()
      guard stat(ended(run).path, &status) == 0 else { return nil }
      return (run, Timestamp(seconds: Int64(status.st_mtim.tv_sec)))
    }
  }
}

import PipelineModel
import Reconciler
import SQLiteStore
import StoreAPI

/// A state folder whose memory is gone, while folders of its runs are there.
struct LostMemory {
  let folder: String
  private let runs: RunsOnDisk

  /// Nil where there is a memory, and where nothing ever ran.
  init?(of folder: String) throws(StoreError) {
    runs = RunsOnDisk(folder: folder)
    self.folder = folder
    if try SQLiteStore.isThere(in: folder) || runs.isEmpty { return nil }
  }

  /// What the runs tell.
  var found: StoredState { runs.absorbed(into: StoredState()).stored }

  /// Has a memory in which nothing was ever recorded begin with what the runs tell, should there be any: by one process at a time, and again
  /// where one was killed before it was done.
  static func replace(by store: any ControlStore, in folder: String) throws(StoreError) {
    let runs = RunsOnDisk(folder: folder)
    guard try store.pipelines(after: nil, limit: 1).isEmpty, !runs.isEmpty else { return }
    let lock = try lock(of: folder)
    defer { withExtendedLifetime(lock) {} }
    guard try store.pipelines(after: nil, limit: 1).isEmpty else { return }
    try runs.reconcile(with: store)
  }

  private static func lock(of folder: String) throws(StoreError) -> FolderLock {
    do throws(LockError) {
      return try FolderLock.acquire(folder: folder, command: callerWords(), timeout: Workspace.lockTimeout)
    } catch {
      throw StoreError(.busy, error.message)
    }
  }

  var sentence: String { "the memory of \(folder) is \(finding). \(help)" }

  var finding: String {
    let all = runs.active + runs.ended
    let active = found.runs.filter(\.isActive).map(\.id.description)
    let goOn = active.isEmpty ? "" : ", of which \(listed(active)) \(active.count == 1 ? "goes" : "go") on"
    let folders = counted(all.count, "run")
    return "lost: its store.sqlite is missing or empty, and there are the folders of \(folders)\(goOn)"
  }

  var help: String {
    """
    `pipectl state restore FILE` brings back a backup; a command that acts begins a new memory with the folders of runs: pauses by command, \
    what slots came to, and the runs and requests of which no folder is left, are unknown to it
    """
  }
}

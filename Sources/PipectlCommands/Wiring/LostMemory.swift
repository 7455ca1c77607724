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
    if try SQLiteStore.isThere(in: folder) || (runs.active.isEmpty && runs.ended.isEmpty) { return nil }
  }

  /// What the runs that were not put away tell.
  var found: StoredState { runs.absorbed(into: StoredState()).stored }

  /// Begins the new memory with that; nothing where another process was first.
  func begin(_ store: any ControlStore) throws(StoreError) {
    guard try store.load(StoreQuery()).pipelines.isEmpty else { return }
    try runs.reconcile(with: store, label: "of-lost-memory")
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
    `pipectl state restore FILE` brings back a backup; without one the next command that acts begins a new memory, which knows the runs \
    that go on, and for which every other request is new: look at `pipectl plan` first
    """
  }
}

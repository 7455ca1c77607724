import ControlLoop
import EngineAPI
import Foundation
import LocalEngine
import PipelineModel
import SQLiteStore
import StoreAPI

/// A state folder with all that a command needs to read it or to act on it; the only place that builds a controller.
struct Workspace: Sendable {
  let folder: String
  /// The memory.
  let store: any ControlStore
  let engine: any Engine
  /// Absent while the folder does not exist.
  let sqlite: SQLiteStore?
  /// Absent while the folder does not exist.
  let local: LocalEngine?
  let remotes: RemoteEngines
  let clock = SystemClock()

  /// For commands that act: makes the folder where there is none.
  ///
  /// - Parameter allowance: which programs its engine may start.
  static func open(_ folder: String, allowance: ConnectorAllowance = .everything) throws(StoreError) -> Workspace {
    let store = try SQLiteStore.open(folder: folder)
    return Workspace(folder: folder, store: store, allowance: allowance)
  }

  /// For commands that only read: leaves no trace where there is no folder.
  ///
  /// - Parameter endsOrphans: whether what a lost supervisor left behind is ended by looking at it, for those who wait for that.
  static func openForReading(_ folder: String, endsOrphans: Bool = false) throws(StoreError) -> Workspace {
    guard let store = try SQLiteStore.openReadOnly(folder: folder) else { return Workspace(newFolder: folder) }
    return Workspace(folder: folder, store: store, isForReading: true, endsOrphans: endsOrphans)
  }

  private init(
    folder: String, store: SQLiteStore, isForReading: Bool = false, endsOrphans: Bool = true,
    allowance: ConnectorAllowance = .everything
  ) {
    let engine = LocalEngine(
      runsDirectory: absolutePath(folder) + "/runs", connectorsFolder: Workspace.connectorsFolder(of: folder),
      isReadOnly: !endsOrphans)
    self.folder = folder
    self.store = store
    self.engine = AllowingEngine(engine: engine, allowance: allowance)
    sqlite = store
    local = engine
    remotes = RemoteEngines(store: store, isReadOnly: isForReading)
  }

  private init(newFolder folder: String) {
    self.folder = folder
    store = NewFolder()
    engine = IdleEngine()
    sqlite = nil
    local = nil
    remotes = RemoteEngines(store: nil, isReadOnly: true)
  }

  /// Those that are recorded.
  var engines: [any Engine] { [engine] + remotes.engines(of: DesiredState()) }

  /// The id of the folder; a saved plan is good for one folder only.
  var folderID: String? { sqlite?.folderID }

  /// - Parameters:
  ///   - desired: what is wanted, which may name engines that are not recorded yet.
  ///   - lockTimeout: how long another controller is waited for.
  func controller(
    for desired: DesiredState = DesiredState(), lockTimeout: TimeSpan = Workspace.lockTimeout,
    observer: any LoopObserver = SilentObserver(),
    progress: @escaping LocalRunWaiter.Progress = { _ in }
  ) -> Controller {
    let far = remotes.engines(of: desired)
    return Controller(
      store: store, engines: [engine] + far, lock: StateLock(folder: folder, timeout: lockTimeout), clock: clock,
      waiter: LocalRunWaiter(engine: local, hasRemoteEngines: !far.isEmpty, progress: progress), observer: observer,
      zones: zoneTable(of:))
  }

  /// Where packages are installed: in the state folder, or where PIPECTL_CONNECTORS says, which several state folders may share.
  static func connectorsFolder(of folder: String) -> String {
    let shared = ProcessInfo.processInfo.environment["PIPECTL_CONNECTORS"] ?? ""
    return absolutePath(shared.isEmpty ? folder + "/connectors" : shared)
  }

  static let lockTimeout = TimeSpan(seconds: 10)
}

/// Supervisors outlive the folder that a command was called from.
private func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}

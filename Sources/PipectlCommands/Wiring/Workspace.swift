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
  /// Absent while nothing is recorded.
  let sqlite: SQLiteStore?
  /// Absent while nothing is recorded and nothing ever ran.
  let local: LocalEngine?
  /// Every engine by its name.
  private(set) var engines: any EngineDirectory
  let clock = SystemClock()

  /// For commands that act: makes the folder where there is none.
  ///
  /// - Parameters:
  ///   - allowance: which programs its engine may start.
  ///   - isPrompt: whether nobody waits long for a remote engine: what it is still busy with goes on meanwhile.
  ///   - tracer: hears of calls of remote engines.
  static func open(
    _ folder: String, allowance: ConnectorAllowance = .everything, isPrompt: Bool = false, tracer: CallTracer? = nil
  ) throws(StoreError) -> Workspace {
    let store = try SQLiteStore.open(folder: folder)
    try LostMemory.replace(by: store, in: folder)
    return Workspace(folder: folder, store: store, allowance: allowance, isPrompt: isPrompt, tracer: tracer)
  }

  /// For commands that only read: leaves no trace where there is no folder.
  ///
  /// - Parameters:
  ///   - endsOrphans: whether what a lost supervisor left behind is ended by looking at it, for those who wait for that.
  ///   - tracer: hears of calls of remote engines.
  static func openForReading(
    _ folder: String, endsOrphans: Bool = false, tracer: CallTracer? = nil
  ) throws(StoreError) -> Workspace {
    guard let store = try SQLiteStore.openReadOnly(folder: folder) else {
      let lost = try LostMemory(of: folder)
      return Workspace(newFolder: folder, found: lost?.found, endsOrphans: endsOrphans, tracer: tracer)
    }
    return Workspace(folder: folder, store: store, isForReading: true, endsOrphans: endsOrphans, tracer: tracer)
  }

  private init(
    folder: String, store: SQLiteStore, isForReading: Bool = false, endsOrphans: Bool = true,
    allowance: ConnectorAllowance = .everything, isPrompt: Bool = false, tracer: CallTracer?
  ) {
    let engine = LocalEngine(
      runsDirectory: absolutePath(folder) + "/runs", connectorsFolder: Workspace.connectorsFolder(of: folder),
      isReadOnly: !endsOrphans)
    self.folder = folder
    self.store = store
    let allowed = AllowingEngine(engine: engine, allowance: allowance)
    self.engine = allowed
    sqlite = store
    local = engine
    engines = EngineRegistry(
      local: allowed, store: store,
      factory: EngineFactory(memory: store, isReadOnly: isForReading, tracer: tracer),
      wrap: { engine in
        // Whoever only looks does not wait for minutes either.
        if isForReading { return PromptEngine(engine, clock: SystemClock(), patience: .seconds(20), freshness: .zero) }
        return isPrompt ? PromptEngine(engine, clock: SystemClock()) : engine
      })
  }

  /// - Parameter found: what runs tell whose memory is lost; absent where none ever was.
  private init(newFolder folder: String, found: StoredState?, endsOrphans: Bool, tracer: CallTracer?) {
    let memory = NewFolder(found: found ?? StoredState())
    self.folder = folder
    store = memory
    sqlite = nil
    local = found.map { _ in LocalEngine(runsDirectory: absolutePath(folder) + "/runs", isReadOnly: !endsOrphans) }
    engine = local ?? IdleEngine()
    engines = EngineRegistry(
      local: engine, store: nil, factory: EngineFactory(memory: memory, isReadOnly: true, tracer: tracer))
  }

  /// The id of the folder; a saved plan is good for one folder only.
  var folderID: String? { sqlite?.folderID }

  /// The same, before engines that are looked at once: for what is recorded of them and changes nothing there.
  func lookingOnce() -> Workspace {
    var copy = self
    copy.engines = OnceSeenEngines(engines)
    return copy
  }

  /// - Parameter lockTimeout: how long another controller is waited for.
  func controller(
    lockTimeout: TimeSpan = Workspace.lockTimeout, observer: any LoopObserver = SilentObserver(),
    progress: @escaping FolderRunWaiter.Progress = { _ in }
  ) -> Controller {
    Controller(
      store: store, directory: engines, lock: StateLock(folder: folder, timeout: lockTimeout), clock: clock,
      waiter: waiter(progress: progress), observer: observer, zones: zoneTable(of:))
  }

  /// Waits for runs of this folder.
  ///
  /// - Parameters:
  ///   - turn: how long an interruption may go unheard while all runs have begun and nothing happens.
  ///   - isInterrupted: whether nobody waits any longer.
  func waiter(
    turn: TimeSpan = FolderRunWaiter.shortTurn,
    isInterrupted: @escaping @Sendable () -> Bool = { Interruption.signalNumber != nil },
    progress: @escaping FolderRunWaiter.Progress = { _ in }
  ) -> FolderRunWaiter {
    FolderRunWaiter(engine: local, store: store, turn: turn, isInterrupted: isInterrupted, progress: progress)
  }

  /// Where packages are installed: in the state folder, or where PIPECTL_CONNECTORS says, which several state folders may share.
  static func connectorsFolder(of folder: String) -> String {
    let shared = ProcessInfo.processInfo.environment["PIPECTL_CONNECTORS"] ?? ""
    return absolutePath(shared.isEmpty ? folder + "/connectors" : shared)
  }

  static let lockTimeout = TimeSpan(seconds: 10)
}

/// Supervisors outlive the folder that a command was called from.
func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}

public import EngineAPI
internal import Glibc
public import PipelineModel
internal import Synchronization

/// Runs taps and targets on this machine, each run under a supervisor of its own that needs no controller to go on.
///
/// A run is a folder: `active/<run id>` until its controller has retired it, `ended/<run id>` afterwards. The folder, the kernel lock in
/// it and the journal say everything; this value only keeps what it has read of them.
///
/// | lock | journal | the run |
/// | --- | --- | --- |
/// | held | anything | is under way |
/// | free | has an end | has ended |
/// | free | has no start | never began, and is not reported: it may be ordered again |
/// | free | has a start, no end | lost its supervisor: `unconfirmed` until none of its processes is left, then `lost` |
public final class LocalEngine: Engine {
  public let name: EngineName
  let runs: RunsFolder
  private let connectorsFolder: String
  private let supervisorCommand: [String]
  /// Whether looking also ends what lost supervisors left behind; a reader leaves that to whoever acts next.
  let endsOrphans: Bool
  let memory = Mutex(Memory())

  /// What was read and started; nothing in it is needed.
  struct Memory {
    var readers: [RunID: JournalReader] = [:]
    var lastSeen: [RunID: RunFingerprint] = [:]
    var orders: [RunID: StartOrder] = [:]
    /// Supervisors that this process started, to be reaped.
    var supervisors: Set<Int32> = []
  }

  /// `runsDirectory` is absolute and made when it is needed, and so is `connectorsFolder`, which packages are installed in; it is beside
  /// the runs where it is left out. `supervisorCommand` is a program's path and its first arguments; the run's directory comes after them.
  /// An engine that is only read from changes nothing, and signals nobody.
  public init(
    name: EngineName = .local, runsDirectory: String, connectorsFolder: String? = nil,
    supervisorCommand: [String] = ["/proc/self/exe", "supervise"], isReadOnly: Bool = false
  ) {
    self.name = name
    endsOrphans = !isReadOnly
    runs = RunsFolder(path: runsDirectory)
    self.connectorsFolder = connectorsFolder ?? Files.parent(of: runsDirectory) + "/connectors"
    self.supervisorCommand = supervisorCommand
  }

  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    do {
      try launch(order, basis)
    } catch let error as EngineError {
      throw error
    } catch let error as PosixError {
      throw EngineError(.unavailable, "run \(order.run): \(error)", .retryable)
    } catch {
      throw EngineError(.brokenInput, "run \(order.run): \(error)", .terminal)
    }
  }

  /// From before the supervisor exists until its death the lock is held without a gap: the supervisor inherits it.
  private func launch(_ order: StartOrder, _ basis: StartBasis) throws {
    reapSupervisors()
    try refuseOtherRuns(of: order.run)
    var specification = RunSpecification(
      order: order, state: basis.state, catalog: basis.catalog, workingDirectory: Files.workingDirectory(),
      connectorsFolder: connectorsFolder, orderedAt: Clock.now())
    guard let prepared = try runs.prepare(specification) else {
      throw EngineError(
        .refused,
        "\(order.run) has already run and ended here, and the state folder's memory does not know it: was the memory lost, or "
          + "replaced by an older one? `pipectl state restore` brings back a backup; the next start takes the next number",
        .terminal)
    }
    let directory = prepared.directory
    if !prepared.isNew { try refuseRunOfAnother(order, directory) }
    guard let lock = try lockOrFindBegun(order, directory) else { return }
    var isHandedOn = false
    defer { if isHandedOn { lock.close() } else { RunLock.release(lock) } }
    guard try mustBegin(order, directory) else { return }
    // A further attempt runs where the first one did, wherever its controller is.
    if order.attempt > 1 { specification.workingDirectory = try RunSpecification(reading: directory).workingDirectory }
    if !prepared.isNew { try specification.write(to: directory) }
    let pid = try spawnSupervisor(directory, lock)
    isHandedOn = true
    memory.withLock { memory in
      memory.supervisors.insert(pid)
      memory.orders[order.run] = order
    }
  }

  /// A number that an older memory gives a second time must not make one request's run another's.
  private func refuseRunOfAnother(_ order: StartOrder, _ directory: RunDirectory) throws {
    var reader = JournalReader()
    try reader.catchUp(with: directory.journal)
    guard try reader.history.hasStarted || RunLock.isHeld(directory) else { return }
    guard try RunSpecification(reading: directory).order.trigger != order.trigger else { return }
    throw EngineError(
      .refused,
      "\(order.run) is another run here, which the state folder's memory does not know: was the memory lost, or replaced by an older one? "
        + "`pipectl state restore` brings back a backup; the next start takes the next number",
      .terminal)
  }

  /// The lock; nil where its holder is a supervisor that has begun this attempt. Another holder is about to begin it, or just looks after the
  /// remains of an earlier one: a moment decides.
  private func lockOrFindBegun(_ order: StartOrder, _ directory: RunDirectory) throws -> FileDescriptor? {
    let deadline = Clock.uptime() + 30_000
    while true {
      if let lock = try RunLock.take(directory) { return lock }
      var reader = JournalReader()
      try reader.catchUp(with: directory.journal)
      if reader.history.attempt >= order.attempt { return nil }
      guard Clock.uptime() < deadline else {
        throw EngineError(.unavailable, "run \(order.run): its lock is held, and it does not begin", .uncertain)
      }
      usleep(20_000)
    }
  }

  /// Whether this attempt was not begun before. Throws while processes of an attempt before are left.
  private func mustBegin(_ order: StartOrder, _ directory: RunDirectory) throws -> Bool {
    var reader = JournalReader()
    try reader.catchUp(with: directory.journal)
    let history = reader.history
    guard history.hasStarted else { return true }
    guard history.attempt < order.attempt else { return false }
    guard Orphans(directory, history).processes().isEmpty else {
      throw EngineError(
        .unavailable, "run \(order.run): processes of attempt \(history.attempt) are still there", .retryable)
    }
    unlink(directory.orphans)
    return true
  }

  /// At most one run of a pipeline: whatever the store believes, a folder with a living supervisor or processes stands in the way.
  private func refuseOtherRuns(of run: RunID) throws {
    for other in try runs.active() where other.pipeline == run.pipeline && other != run {
      let report = try report(on: other)
      if let report, !report.status.isEnded {
        throw EngineError(.alreadyRunning(other), "run \(other) of the same pipeline is under way", .terminal)
      }
    }
  }

  private func spawnSupervisor(_ directory: RunDirectory, _ lock: FileDescriptor) throws(PosixError) -> Int32 {
    let log = try FileDescriptor(opening: directory.supervisorLog, O_WRONLY | O_CREAT | O_APPEND)
    let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
    var variables = processEnvironment().filter { !$0.key.hasPrefix("PIPECTL_RUN_") }
    // A crash prints no memory, also before the supervisor's first line has run.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    let child = ChildProcess(
      path: supervisorCommand.first ?? "", arguments: ["pipectl"] + supervisorCommand.dropFirst() + [directory.path],
      environment: variables.map { "\($0.key)=\($0.value)" }.sorted(), directory: "/", input: null, output: log,
      error: log, kept: lock, hasOwnSession: true)
    return try child.spawn()
  }

  /// A dead supervisor stays a zombie of the process that started it until somebody looks.
  func reapSupervisors() {
    memory.withLock { memory in
      memory.supervisors = memory.supervisors.filter { waitpid($0, nil, WNOHANG) == 0 }
    }
  }
}

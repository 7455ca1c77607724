import ControlAPI
import ControlLoop
import ControlServer
import PipelineModel
import StoreAPI

/// A controller that stays, with all that it is made of: its loop, its source, its face, and the signals that it hears.
struct Service {
  let source: SourceFeed
  private let workspace: Workspace
  private let options: ServeOptions
  private let drain: Bool
  private let log: ServeLog
  private let desk: CommandDesk
  private let nudges: NudgeBox
  private let board: StatusBoard

  /// The state folder's lock must be held as long as it lives.
  init(
    _ workspace: Workspace, source: SourceFeed, options: ServeOptions, drain: Bool, log: ServeLog
  ) throws(StoreError) {
    self.workspace = workspace
    self.source = source
    self.options = options
    self.drain = drain
    self.log = log
    nudges = NudgeBox(clock: workspace.clock)
    let nudges = nudges
    desk = try CommandDesk(workspace, limit: options.maxConcurrentRuns, nudges: nudges) { log.note($0) }
    let status = SourceStatus(source.sourceSet, commits: try workspace.store.commits(limit: 1000))
    source.note(applied: status.appliedCommit)
    board = StatusBoard(
      source: status, feed: source, telemetry: desk.telemetry, log: log, notifier: ServiceNotifier(),
      clock: workspace.clock)
  }

  /// Until a signal ends it.
  func run() async throws {
    let signals = ServeSignals { [nudges, source, drain] signal in
      switch signal {
      case .look:
        source.lookNow()
        Task { await nudges.post(.resync) }
      case .end(let isFirst): Task { await nudges.post(.end(drain: drain && isFirst)) }
      }
    }
    defer { signals.cancel() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      let server = desk.server(status: board)
      group.addTask { [board] in try await server.run { await board.listens() } }
      source.start(clock: workspace.clock) { [nudges] news in Task { await nudges.post(.source(news)) } }
      await controller.run(options, source: await board.source)
      source.end()
      await board.ends()
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private var controller: StayingController {
    let waiter = LocalRunWaiter(engine: workspace.local, isInterrupted: { Task.isCancelled }) { _ in }
    return StayingController(
      store: desk.store, engines: workspace.engines,
      lock: desk.turns.turns(for: "the controller of this folder", timeout: TimeSpan(seconds: 3600)),
      clock: workspace.clock, waiter: waiter, nudges: nudges, observer: board, zones: zoneTable(of:))
  }
}

extension SourceStatus {
  /// How far controllers before this one have followed it.
  ///
  /// - Parameter commits: newest first.
  init(_ source: SourceSet, commits: [CommitRecord]) {
    self.init(source)
    let commits = commits.filter { $0.source == source }
    latest = commits.first
    appliedCommit = commits.first(where: \.result.isGood)?.commit
  }
}

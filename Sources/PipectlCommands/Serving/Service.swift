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
  private let signals: ServeSignals

  /// The state folder's lock must be held as long as it lives.
  init(
    _ workspace: Workspace, source: SourceFeed, options: ServeOptions, drain: Bool, log: ServeLog, signals: ServeSignals
  ) throws(StoreError) {
    self.workspace = workspace
    self.source = source
    self.options = options
    self.drain = drain
    self.log = log
    self.signals = signals
    nudges = NudgeBox(clock: workspace.clock)
    let nudges = nudges
    desk = try CommandDesk(workspace, limit: options.maxConcurrentRuns, nudges: nudges) { log.note($0) }
    let status = SourceStatus(source.sourceSet, commits: try workspace.store.commits(limit: 1000))
    source.note(applied: status.appliedCommit)
    board = StatusBoard(
      source: status, feed: source, telemetry: desk.telemetry, log: log, notifier: ServiceNotifier(),
      clock: workspace.clock)
  }

  /// Until a signal ends it, or nobody can speak to it.
  ///
  /// - Returns: what is said of the end.
  func run() async throws -> String {
    signals.listen { [nudges, source, drain, board] signal in
      switch signal {
      case .look: source.lookNow()
      case .end(let isFirst):
        Task {
          await board.isToEnd(drains: drain && isFirst)
          await nudges.post(.end(drain: drain && isFirst))
        }
      }
    }
    defer { signals.cancel() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in try await listen() }
      group.addTask { [board] in await beat(for: board) }
      // A stream, not a task for each look: what was found later must be heard later.
      let (looks, heard) = AsyncStream.makeStream(of: (news: SourceNews, wasAsked: Bool).self)
      source.start(clock: workspace.clock) { news, wasAsked in heard.yield((news, wasAsked)) }
      group.addTask { [nudges] in
        for await look in looks {
          await nudges.post(.source(look.news))
          if look.wasAsked { await nudges.post(.resync) }
        }
      }
      await controller.run(options, source: await board.source)
      source.end()
      await board.ends()
      group.cancelAll()
      try await group.waitForAll()
    }
    let runs = await board.activeRuns
    return runs == 0
      ? "ended; no run is active"
      : "ended; \(counted(runs, "run")) \(runs == 1 ? "goes" : "go") on under \(runs == 1 ? "its own supervisor" : "their own supervisors"), and the next controller takes over"
  }

  /// A controller that no command can speak to holds the folder's lock against them all, so it ends.
  private func listen() async throws(CommandEnd) {
    do throws(ControlError) {
      try await desk.server(status: board).run { [board] in await board.listens() }
    } catch {
      await nudges.post(.end(drain: false))
      throw CommandEnd(error)
    }
  }

  /// While it lives, as often as systemd wants to hear of it.
  private func beat(for board: StatusBoard) async {
    guard let pause = ServiceNotifier.pauseBetweenBeats() else { return }
    while !Task.isCancelled {
      await board.beat()
      try? await Task.sleep(for: pause)
    }
  }

  private var controller: StayingController {
    let waiter = workspace.waiter(turn: TimeSpan(seconds: 1), isInterrupted: { Task.isCancelled })
    return StayingController(
      store: desk.store, engines: workspace.engines,
      lock: desk.turns.turns(for: "the controller of this folder", timeout: TimeSpan(seconds: 3600)),
      clock: workspace.clock, waiter: waiter, nudges: nudges, observer: board, zones: zoneTable(of:))
  }
}

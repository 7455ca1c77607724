internal import EngineAPI
internal import PipelineModel

/// What every part of a supervisor shares.
final class Supervision {
  let directory: RunDirectory
  let specification: RunSpecification
  let events: EventQueue
  let ledger: RunLedger
  let stops: StopDesk
  let children: Children
  let scrubber: Scrubber
  /// What the tap says, or a command's standard output.
  let tapLog: BoundedLog
  /// What the target says, or a command's standard error.
  let targetLog: BoundedLog
  /// By `Clock.uptime`.
  var stateConfirmedAt = Clock.uptime()
  private let startedAt: Int64
  private var countedAt: Int64 = 0

  init(
    _ directory: RunDirectory, _ specification: RunSpecification, _ events: EventQueue, _ ledger: RunLedger,
    _ stops: StopDesk, _ scrubber: Scrubber, startedAt: Int64
  ) throws(PosixError) {
    self.directory = directory
    self.specification = specification
    self.events = events
    self.ledger = ledger
    self.stops = stops
    self.scrubber = scrubber
    self.startedAt = startedAt
    children = Children(ledger)
    let isCommand = specification.order.spec.work.commandJob != nil
    let logs = isCommand ? [directory.outputLog, directory.errorLog] : [directory.tapLog, directory.targetLog]
    tapLog = try BoundedLog(path: logs[0], bound: specification.logBytes, scrubber: scrubber)
    targetLog = try BoundedLog(path: logs[1], bound: specification.logBytes, scrubber: scrubber)
  }

  var limits: Limits { specification.order.spec.limits }

  /// The limit, where the whole run has taken longer.
  var exceededRunTimeout: TimeSpan? {
    guard let limit = limits.runTimeout, Clock.uptime() - startedAt > limit.milliseconds else { return nil }
    return limit
  }

  /// By `Clock.uptime`.
  var runTimeoutAt: Int64? { limits.runTimeout.map { startedAt + $0.milliseconds } }

  /// The limit, where the run has moved nothing since then for longer, and is to be ended for it; one that only alerts says so in its journal.
  func exceededNoProgress(since last: Int64) -> TimeSpan? {
    guard let limit = limits.noProgress else { return nil }
    let isExceeded = Clock.uptime() - last > limit.milliseconds
    switch limits.noProgressAction {
    case .cancel, .pause: return isExceeded ? limit : nil
    case .alert:
      if isExceeded { ledger.note(.noProgress) } else { ledger.end(.noProgress) }
      return nil
    }
  }

  /// When that is to be looked at, by `Clock.uptime`; absent without a limit, and where it is known already that nothing moves.
  func noProgressAt(since last: Int64) -> Int64? {
    guard let limit = limits.noProgress, !ledger.holds(.noProgress) else { return nil }
    return last + limit.milliseconds
  }

  /// Once a second: what a pump has counted, where there is one, and whether a log is full.
  func takeStockIfDue(of pump: Pump? = nil) {
    let now = Clock.uptime()
    guard now - countedAt >= 1000 else { return }
    countedAt = now
    if let pump { ledger.count(pump.streams) }
    noteTruncation()
  }

  func noteTruncation() {
    if tapLog.isTruncated || targetLog.isTruncated { ledger.note(.logTruncated) }
    ledger.countLeftOut(tapLog.bytesLeftOut + targetLog.bytesLeftOut)
  }

  /// Waits, and takes in what is asked meanwhile; returns early when a stop came.
  func wait(until deadline: Int64) {
    while !stops.isStopping, Clock.uptime() < deadline, exceededRunTimeout == nil {
      if let event = events.next(within: min(deadline - Clock.uptime(), 500)) { handleBetweenRounds(event) }
    }
  }

  /// Takes in a stop that came while nothing runs.
  func takeInStops() {
    while let event = events.next(within: 0) { handleBetweenRounds(event) }
  }

  func handleBetweenRounds(_ event: SupervisorEvent) {
    switch event {
    case .stopAsked(let kind, let instant): stops.ask(kind, at: instant)
    case .childrenChanged, .state, .invalidMessage, .targetClosedInput, .tapOutputEnded, .readerEnded: break
    }
  }
}

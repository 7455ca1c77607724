internal import CPosix
internal import EngineAPI
internal import Glibc
internal import PipelineModel

/// One tap | pump | target, from its start until nothing of it is left.
///
/// All decisions are made on one thread, between events; other threads only read, write and tell.
final class Round {
  let supervision: Supervision
  let pump: Pump
  var tap = Side()
  var target = Side()
  var interruption: Interruption?
  var unfinishedBytes = 0
  private var openReaders = 4
  private var isInputEnded = false
  private var wasTargetEnded = false
  private var hasEndedLeftovers = false
  private var hasConfirmedState = false
  private let loadStage: Stage?
  private let stage: Stage

  /// One of the two processes.
  struct Side {
    var child: ChildRecord?
    var exit: ProcessExit?
    var exitedAt: Int64?
    /// When its group is to be told to end, and to be killed.
    var terminateAt: Int64?
    var killAt: Int64?

    var isRunning: Bool { child != nil && exit == nil }
  }

  /// `loadStage` begins when the tap is done; absent where the stage goes on over several rounds.
  init(_ supervision: Supervision, stage: Stage, loadStage: Stage?) {
    self.supervision = supervision
    self.stage = stage
    self.loadStage = loadStage
    pump = Pump(supervision.events)
  }

  func run(tap: ConnectorStart, target: ConnectorStart) throws(Failure) -> RoundEnd {
    if supervision.stops.isCancelling { return RoundEnd(interruption: .cancel, tap: .code(0), target: .code(0)) }
    do {
      try start(tap, target)
    } catch {
      supervision.children.sweep(supervision.events, grace: 0) { _ in }
      throw error
    }
    while !isOver { step() }
    supervision.children.sweep(supervision.events, grace: shortGrace) { handle($0) }
    noteUnconfirmedStates()
    supervision.ledger.endRound(pump.streams)
    supervision.ledger.end(.noProgress)
    if loadStage != nil, isInputEnded { supervision.ledger.record(.stageEnded(.load)) }
    return end
  }

  private func start(_ tap: ConnectorStart, _ target: ConnectorStart) throws(Failure) {
    do {
      let (fromTap, tapOutput) = try FileDescriptor.pipe()
      let (targetInput, toTarget) = try FileDescriptor.pipe()
      let (fromTarget, targetOutput) = try FileDescriptor.pipe()
      let (tapErrors, tapError) = try FileDescriptor.pipe()
      let (targetErrors, targetError) = try FileDescriptor.pipe()
      for pipe in [tapOutput, toTarget] { cposix_grow_pipe(pipe.number, 1 << 20) }
      let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
      self.target.child = try supervision.children.start(
        target.process(input: targetInput, output: targetOutput, error: targetError), as: .target)
      self.tap.child = try supervision.children.start(
        tap.process(input: null, output: tapOutput, error: tapError), as: .tap)
      pump.start(from: fromTap, to: toTarget)
      OutputReaders.readStates(fromTarget, log: supervision.targetLog, supervision.events)
      OutputReaders.drain(tapErrors, into: supervision.tapLog, supervision.events)
      OutputReaders.drain(targetErrors, into: supervision.targetLog, supervision.events)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  /// Of a target that failed, or was cut off, nothing else was to be expected; a snapshot's states are not kept.
  private func noteUnconfirmedStates() {
    guard interruption == nil, target.exit?.isSuccess == true, !hasConfirmedState, pump.hasStateToConfirm,
      supervision.specification.order.mode != .snapshot
    else { return }
    supervision.ledger.note(.statesUnconfirmed)
  }

  private var isOver: Bool { tap.exit != nil && target.exit != nil && openReaders == 0 }

  private func step() {
    if let event = supervision.events.next(within: patience) { handle(event) }
    let ended = supervision.children.reap()
    // What happened before an exit is in the queue by now, and is to be known first: a target may end as soon as its input has ended.
    while let event = supervision.events.next(within: 0) { handle(event) }
    for (child, exit) in ended { noticeExit(of: child, exit) }
    supervision.ledger.synchronizeIfDue()
    watchLimits()
    watchGraces()
    watchLeftovers()
    supervision.takeStockIfDue(of: pump)
  }

  /// How long nothing but an event needs a look: counts are told once a second, limits have their instants, and only where something is about
  /// to end, or to be made durable, it is looked at more often.
  private var patience: Int64 {
    let isQuiet =
      tap.isRunning && target.isRunning && interruption == nil && !isInputEnded && !supervision.ledger.hasUnsynced
    guard isQuiet else { return 100 }
    let now = Clock.uptime()
    var wakeAt = now + 1000
    if let at = supervision.runTimeoutAt { wakeAt = min(wakeAt, at) }
    if let at = supervision.noProgressAt(since: lastProgress) { wakeAt = min(wakeAt, at) }
    return max(20, wakeAt - now)
  }

  private func handle(_ event: SupervisorEvent) {
    switch event {
    case .childrenChanged: break
    case .stopAsked(let kind, let instant):
      supervision.stops.ask(kind, at: instant)
      if supervision.stops.isCancelling { interrupt(.cancel) }
    case .state(let text):
      supervision.ledger.confirm(text)
      hasConfirmedState = true
      supervision.ledger.end(.statesUnconfirmed)
      supervision.stateConfirmedAt = Clock.uptime()
    case .invalidMessage(let line, let excerpt):
      interrupt(.invalidMessage(line: line, excerpt: String(supervision.scrubber.scrub(excerpt).prefix(120))))
      isInputEnded = true
    case .targetClosedInput: interrupt(.targetGone)
    case .tapOutputEnded(let unfinished): endInput(unfinished)
    case .readerEnded: openReaders -= 1
    }
  }

  private func endInput(_ unfinished: Int) {
    isInputEnded = true
    unfinishedBytes = unfinished
    if unfinished > 0 {
      supervision.tapLog.add("[pipectl] the tap's last line has no end: its \(unfinished) bytes are not forwarded")
    }
    guard loadStage != nil else { return }
    supervision.ledger.record(.stageEnded(stage))
    supervision.ledger.record(.stageBegan(.load))
  }

  private func noticeExit(of child: ChildRecord, _ exit: ProcessExit) {
    let now = Clock.uptime()
    switch child.role {
    case .install, .discovery, .command: break
    case .tap:
      tap.exit = exit
      tap.exitedAt = now
      if target.isRunning { target.terminateAt = now + supervision.limits.drainTimeout.milliseconds }
    case .target:
      target.exit = exit
      target.exitedAt = now
      if !isInputEnded { interrupt(.targetGone) }
    }
  }

  /// Ends the extraction: the tap alone is told, and the target goes on with what it got. The first reason counts.
  private func interrupt(_ reason: Interruption) {
    guard interruption == nil else { return }
    interruption = reason
    guard let child = tap.child, tap.isRunning else { return }
    supervision.children.signal(child, SIGTERM)
    supervision.stops.advance(to: .delivered)
    tap.killAt = Clock.uptime() + (reason == .targetGone ? shortGrace : supervision.limits.cancelGrace.milliseconds)
  }

  private func watchLimits() {
    guard interruption == nil else { return }
    if let reason = supervision.ledger.failure { return interrupt(.journal(reason)) }
    if let limit = supervision.exceededRunTimeout { return interrupt(.runTimeout(limit)) }
    guard tap.exit == nil else { return supervision.ledger.end(.noProgress) }
    if let limit = supervision.exceededNoProgress(since: lastProgress) { interrupt(.noProgress(limit)) }
  }

  /// When a line was forwarded or a state confirmed, by `Clock.uptime`.
  private var lastProgress: Int64 { max(pump.lastProgress, supervision.stateConfirmedAt) }

  private func watchGraces() {
    let now = Clock.uptime()
    if let at = tap.killAt, now >= at, tap.isRunning, let child = tap.child {
      tap.killAt = nil
      supervision.ledger.note(.tapKilled)
      supervision.stops.advance(to: .terminating)
      supervision.children.signal(child, SIGKILL)
    }
    guard target.isRunning, let child = target.child else { return }
    if let at = target.terminateAt, now >= at {
      target.terminateAt = nil
      target.killAt = now + supervision.limits.cancelGrace.milliseconds
      wasTargetEnded = true
      supervision.ledger.note(.loadIncomplete)
      supervision.stops.advance(to: .terminating)
      supervision.children.signal(child, SIGTERM)
    }
    if let at = target.killAt, now >= at {
      target.killAt = nil
      supervision.children.signal(child, SIGKILL)
    }
  }

  /// A process that a connector left behind may hold a pipe open for ever: it is ended when it only does that.
  private func watchLeftovers() {
    let now = Clock.uptime()
    guard let tapExitedAt = tap.exitedAt, openReaders > 0 else { return }
    if let targetExitedAt = target.exitedAt {
      let since = now - max(tapExitedAt, targetExitedAt)
      if since > 2 * shortGrace {
        supervision.children.signalAll(SIGKILL)
      } else if since > shortGrace {
        endLeftovers(nil)
      }
      return
    }
    guard !isInputEnded || interruption != nil, pump.waitsForInput else { return }
    let since = now - max(tapExitedAt, pump.lastProgress)
    if since > shortGrace { endLeftovers(since > 2 * shortGrace ? SIGKILL : nil) }
  }

  private func endLeftovers(_ number: Int32?) {
    guard number != nil || !hasEndedLeftovers else { return }
    hasEndedLeftovers = true
    let spared = target.isRunning ? target.child?.identity.pid : nil
    let below = spared.map { Set(ProcessTable.descendants(of: $0).map(\.pid) + [$0]) } ?? []
    for process in ProcessTable.descendants(of: getpid()) where !below.contains(process.pid) {
      kill(process.pid, number ?? SIGTERM)
    }
  }

  private var shortGrace: Int64 { min(supervision.limits.cancelGrace.milliseconds, 5000) }

  private var end: RoundEnd {
    if interruption == .cancel, target.exit?.isSuccess == false { supervision.ledger.note(.loadIncomplete) }
    return RoundEnd(
      interruption: interruption, tap: tap.exit ?? .code(0), target: target.exit ?? .code(0),
      unfinishedBytes: unfinishedBytes, wasTargetEnded: wasTargetEnded, tapLines: supervision.tapLog.lastLines,
      targetLines: supervision.targetLog.lastLines)
  }
}

internal import Glibc
internal import PipelineModel

/// One program, from its start until nothing of it is left.
///
/// All decisions are made on one thread, between events; other threads only read and tell.
final class CommandRun {
  private let supervision: Supervision
  private let output: CommandOutput
  private var child: ChildRecord?
  private var exit: ProcessExit?
  private var ending = CommandEnding.byItself
  /// When its group is to be killed.
  private var killAt: Int64?
  private var openReaders = 2

  init(_ supervision: Supervision) {
    self.supervision = supervision
    output = CommandOutput(supervision.scrubber, supervision.events)
  }

  func run(_ command: ConnectorStart) throws(Failure) -> RunOutcome {
    defer { supervision.ledger.record(.stageEnded(.run)) }
    try start(command)
    while exit == nil { step() }
    supervision.ledger.end(.noProgress)
    awaitGroup()
    endLeftovers()
    // Nobody is left who could write, so both come to their end.
    while openReaders > 0 { if let event = supervision.events.next(within: 1000) { handle(event) } }
    return judge(ending, exit ?? .code(0), lastLines: output.lastLines)
  }

  private func start(_ command: ConnectorStart) throws(Failure) {
    do {
      let (fromOutput, output) = try FileDescriptor.pipe()
      let (fromError, error) = try FileDescriptor.pipe()
      let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
      // Known before the program sees anything: from now on it can be completed. Durable with the child's own entry.
      supervision.ledger.record(.stageBegan(.run))
      child = try supervision.children.start(
        command.process(input: null, output: output, error: error), as: .command)
      self.output.start(fromOutput, into: supervision.tapLog)
      self.output.start(fromError, into: supervision.targetLog)
      if supervision.stops.isCompleting { complete() }
    } catch let failure as Failure {
      supervision.children.sweep(supervision.events, grace: 0) { _ in }
      throw failure.code == .connectorMissing ? Failure(.commandMissing, failure.message) : failure
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  private func step() {
    if let event = supervision.events.next(within: patience) { handle(event) }
    for (_, exit) in supervision.children.reap() { self.exit = exit }
    guard exit == nil else { return }
    watchLimits()
    killIfDue()
    supervision.takeStockIfDue()
  }

  /// How long nothing but an event needs a look: logs are looked at once a second, and limits have their instants.
  private var patience: Int64 {
    let now = Clock.uptime()
    var wakeAt = min(now + 1000, killAt ?? .max)
    if canBeEnded {
      if let at = supervision.runTimeoutAt { wakeAt = min(wakeAt, at) }
      if let at = supervision.noProgressAt(since: output.lastLineAt) { wakeAt = min(wakeAt, at) }
    }
    return max(20, wakeAt - now)
  }

  /// The first reason counts, and any of them more than a complete.
  private var canBeEnded: Bool { exit == nil && (ending == .byItself || ending == .completed) }

  private func handle(_ event: SupervisorEvent) {
    switch event {
    case .stopAsked(let kind, let instant):
      supervision.stops.ask(kind, at: instant)
      if supervision.stops.isCancelling { end(as: .cancelled) } else { complete() }
    case .readerEnded: openReaders -= 1
    case .childrenChanged, .state, .invalidMessage, .targetClosedInput, .tapOutputEnded: break
    }
  }

  /// Asks the program to end well; how long that takes is its own affair, within the limits of the run.
  private func complete() {
    guard exit == nil, ending == .byItself, let child else { return }
    ending = .completed
    supervision.children.signal(child, SIGINT)
  }

  /// Tells the whole group to end.
  private func end(as reason: CommandEnding) {
    guard canBeEnded, let child else { return }
    ending = reason
    supervision.children.signal(child, SIGTERM)
    supervision.stops.advance(to: .delivered)
    killAt = Clock.uptime() + supervision.limits.cancelGrace.milliseconds
  }

  private func watchLimits() {
    if let reason = supervision.ledger.failure { return end(as: .journal(reason)) }
    if let limit = supervision.exceededRunTimeout { return end(as: .runTimeout(limit)) }
    if let limit = supervision.exceededNoProgress(since: output.lastLineAt) { end(as: .noProgress(limit)) }
  }

  private func killIfDue() {
    guard let killAt, Clock.uptime() >= killAt, let child else { return }
    self.killAt = nil
    supervision.ledger.note(.commandKilled)
    supervision.stops.advance(to: .terminating)
    supervision.children.signal(child, SIGKILL)
  }

  /// What was told to end together with the program may use the same time for it.
  private func awaitGroup() {
    guard let child, ending != .byItself else { return }
    let deadline = killAt ?? (ending == .completed ? Clock.uptime() + supervision.limits.cancelGrace.milliseconds : 0)
    while Clock.uptime() < deadline, !supervision.children.isGone(child) {
      if let event = supervision.events.next(within: 100) { handle(event) }
      _ = supervision.children.reap()
    }
  }

  /// The program's end is the end of the run: what it left behind is ended, wherever it went. What ends by itself in a moment is not worth a
  /// word.
  private func endLeftovers() {
    if ending == .byItself, !isAlone(within: 1000) {
      supervision.ledger.note(.leftoversEnded)
      supervision.targetLog.add("[pipectl] the command ended and left processes behind, which are ended now")
    }
    let grace = min(supervision.limits.cancelGrace.milliseconds, 5000)
    supervision.children.sweep(supervision.events, grace: grace) { handle($0) }
  }

  private func isAlone(within milliseconds: Int64) -> Bool {
    let deadline = Clock.uptime() + milliseconds
    while !ProcessTable.descendants(of: getpid()).isEmpty {
      guard Clock.uptime() < deadline else { return false }
      if let event = supervision.events.next(within: 20) { handle(event) }
      _ = supervision.children.reap()
    }
    return true
  }
}

internal import EngineAPI
internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// Asks the tap what it offers.
///
/// A cancel lets it end, since a schema that is half refreshed helps nobody; but not for ever: after the drain timeout it is ended.
final class Discovery {
  private let supervision: Supervision
  private let output = OutputReaders.Collected()
  private var exit: ProcessExit?
  private var openReaders = 2
  private var endAt: Int64?
  private var exitedAt: Int64?
  private var timeout: TimeSpan?
  private var killAt: Int64?

  init(_ supervision: Supervision) {
    self.supervision = supervision
  }

  /// The catalog as the tap printed it; nil where the run was cancelled meanwhile.
  func run(_ tap: ConnectorStart) throws(Failure) -> String? {
    supervision.ledger.record(.stageBegan(.discover))
    defer { supervision.ledger.record(.stageEnded(.discover)) }
    let child = try start(tap)
    while exit == nil || openReaders > 0 { step(child) }
    supervision.children.sweep(supervision.events, grace: 1000) { handle($0) }
    if let timeout {
      throw Failure(
        .runTimeout,
        "the tap's discovery took the run past its limit of \(timeout) (`limits.runTimeout`) and was ended",
        lastLines: supervision.tapLog.lastLines)
    }
    if supervision.stops.isCancelling { return nil }
    let lines = supervision.tapLog.lastLines
    return try discoveredCatalog(
      exit: exit ?? .code(0), output: output.bytes, lastLines: lines, scrubber: supervision.scrubber
    ).text
  }

  private func start(_ tap: ConnectorStart) throws(Failure) -> ChildRecord {
    do {
      let (reading, writing) = try FileDescriptor.pipe()
      let (errors, error) = try FileDescriptor.pipe()
      let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
      let child = try supervision.children.start(
        tap.process(input: null, output: writing, error: error), as: .discovery)
      output.start(reading, supervision.events)
      OutputReaders.drain(errors, into: supervision.tapLog, supervision.events)
      return child
    } catch let failure as Failure {
      supervision.children.sweep(supervision.events, grace: 0) { _ in }
      throw failure
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  private func step(_ child: ChildRecord) {
    if let event = supervision.events.next(within: 200) { handle(event) }
    for (_, exit) in supervision.children.reap() {
      self.exit = exit
      exitedAt = Clock.uptime()
    }
    let now = Clock.uptime()
    // Nothing of it is loaded, so it has the time of a tap, and not that of a target.
    if supervision.stops.isCancelling, endAt == nil { endAt = now + supervision.limits.cancelGrace.milliseconds }
    if timeout == nil, let limit = supervision.exceededRunTimeout {
      timeout = limit
      endAt = now
    }
    if let exitedAt, now - exitedAt > 5000 { supervision.children.signalAll(SIGKILL) }
    endIfDue(child, now)
  }

  private func endIfDue(_ child: ChildRecord, _ now: Int64) {
    guard exit == nil else { return }
    if let endAt, now >= endAt, killAt == nil {
      killAt = now + supervision.limits.cancelGrace.milliseconds
      supervision.stops.advance(to: .terminating)
      supervision.children.signal(child, SIGTERM)
    }
    if let killAt, now >= killAt { supervision.children.signal(child, SIGKILL) }
  }

  private func handle(_ event: SupervisorEvent) {
    if case .readerEnded = event { openReaders -= 1 } else { supervision.handleBetweenRounds(event) }
  }
}

/// The catalog that a discovery printed, with its text as it was; fails where it printed none.
///
/// - Parameter output: nil where it was more than is taken.
func discoveredCatalog(
  exit: ProcessExit, output: [UInt8]?, lastLines: [String], scrubber: Scrubber
) throws(Failure) -> (text: String, catalog: Catalog) {
  guard exit.isSuccess else {
    throw Failure(.discoveryFailed, "the tap's discovery \(exit.phrase)", lastLines: lastLines)
  }
  guard let output else {
    throw Failure(.discoveryFailed, "the tap's discovery printed more than \(OutputReaders.Collected.bound) bytes")
  }
  guard output.contains(where: { $0 > 0x20 }) else {
    throw Failure(
      .discoveryFailed,
      "the tap's discovery exited with 0 and printed nothing: a tap that discovers prints its catalog; run it by hand with `--discover`",
      lastLines: lastLines)
  }
  do {
    return (String(decoding: output, as: UTF8.self), try Catalog(parsing: output))
  } catch {
    let beginning = scrubber.scrub(String(decoding: output.prefix(4096), as: UTF8.self))
    throw Failure(
      .discoveryFailed,
      "what the tap's discovery printed is no catalog: \(error); it begins with `\(beginning.prefix { !$0.isNewline }.prefix(120))`",
      lastLines: lastLines)
  }
}

internal import EngineAPI
internal import Glibc
internal import PipelineModel

/// The owner of one run, from its first attempt to its outcome.
final class Supervisor {
  private let directory: RunDirectory
  private let specification: RunSpecification
  private let events: EventQueue
  private let ledger: RunLedger
  private let stops: StopDesk
  private let startedAt = Clock.uptime()
  private var attempt: Int
  /// The catalog that this run found, by this supervisor or one before.
  private var foundCatalog: String?
  private var supervision: Supervision?
  private var connectors: Connectors?
  private var command: Command?

  init(_ directory: RunDirectory, _ events: EventQueue) throws {
    self.directory = directory
    self.events = events
    specification = try RunSpecification(reading: directory)
    var reader = JournalReader()
    try reader.catchUp(with: directory.journal)
    attempt = specification.order.attempt
    foundCatalog = reader.history.catalog
    ledger = RunLedger(try FileJournal(directory), after: reader.history)
    stops = StopDesk(ledger)
    let record = SupervisorRecord(identity: ProcessTable.identity(of: getpid()), attempt: attempt)
    ledger.record(.started(record), durably: true)
    StopWatcher.start(directory, events)
    if let stop = try StopRecord.read(from: directory) { stops.ask(stop.order.kind, at: stop.at) }
  }

  /// Whether the end could be written down.
  func run() -> Bool {
    let outcome = tryAttempts()
    if let connectors, connectors.isTapConfigRewritten { ledger.note(.configRewritten) }
    supervision?.noteTruncation()
    directory.removeSecrets()
    return ledger.record(.ended(outcome), durably: true)
  }

  private func tryAttempts() -> RunOutcome {
    while true {
      let outcome = attemptOnce()
      guard case .failed(let failure) = outcome, failure.code.isRetryable, !stops.isCancelling, !isCompletingCommand,
        attempt < specification.order.spec.retry.attempts
      else { return outcome }
      ledger.record(.note("attempt \(attempt): \(failure.message)"))
      backOff()
      if stops.isCancelling { return .cancelled }
      if let limit = supervision?.exceededRunTimeout {
        return .failed(
          Failure(.runTimeout, "the run took longer than its limit of \(limit); before that, \(failure.message)"))
      }
      attempt += 1
      ledger.record(.attemptBegan(attempt), durably: true)
    }
  }

  /// The first wait is as long as the policy says, each further one twice the last, at most 64 times the first.
  private func backOff() {
    let factor = Int64(1) << min(attempt - 1, 6)
    let wait = specification.order.spec.retry.backoff.milliseconds * factor
    ledger.record(.backingOff(until: Clock.now() + TimeSpan(milliseconds: wait)), durably: true)
    supervision?.wait(until: Clock.uptime() + wait)
  }

  private func attemptOnce() -> RunOutcome {
    do throws(Failure) {
      if let job = specification.order.spec.work.commandJob { return try runCommand(job) }
      let supervision = try prepare()
      supervision.takeInStops()
      if stops.isCancelling { return .cancelled }
      guard let catalog = try selectedCatalog(supervision) else { return .cancelled }
      return try runRounds(supervision, catalog)
    } catch {
      return stops.isCancelling ? .cancelled : .failed(error)
    }
  }

  /// A command that was asked to end well, and did not, is not begun again.
  private var isCompletingCommand: Bool { command != nil && stops.isCompleting }

  /// One program, until nothing of it is left.
  private func runCommand(_ job: CommandJob) throws(Failure) -> RunOutcome {
    let command = try prepare(job)
    let supervision = try supervision(hiding: command.secrets)
    supervision.takeInStops()
    if stops.isCancelling { return .cancelled }
    return try CommandRun(supervision).run(command.start(attempt: attempt))
  }

  /// Resolves the secrets, once.
  private func prepare(_ job: CommandJob) throws(Failure) -> Command {
    if let command { return command }
    let found = try Command(job, specification, directory)
    command = found
    return found
  }

  /// Resolves the secrets, installs what is missing and writes the configs, once: a tap may change its own between attempts, and keep that.
  private func prepare() throws(Failure) -> Supervision {
    if let supervision, connectors != nil { return supervision }
    let settings = try ConnectorSettings(specification)
    // An attempt before may have known other secrets.
    supervision = nil
    let supervision = try supervision(hiding: settings.secrets)
    let install = SupervisedInstall(supervision)
    defer { install.end() }
    connectors = try Connectors(settings, specification, directory, packages: install.installation)
    return supervision
  }

  private func supervision(hiding secrets: [String]) throws(Failure) -> Supervision {
    if let supervision { return supervision }
    do {
      let supervision = try Supervision(
        directory, specification, events, ledger, stops, Scrubber(secrets), startedAt: startedAt)
      self.supervision = supervision
      return supervision
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  /// Nil where the run was cancelled during discovery.
  private func selectedCatalog(_ supervision: Supervision) throws(Failure) -> TapCatalog? {
    guard case .replication(let replication) = specification.order.spec.work, let connectors else { return nil }
    if replication.source.capabilities.discovery == false { return .absent }
    let known = specification.order.refreshSchema ? foundCatalog : foundCatalog ?? specification.catalog
    if let known { return .selected(try selected(known, replication)) }
    guard let found = try Discovery(supervision).run(connectors.discovery(attempt: attempt)) else { return nil }
    ledger.record(.catalog(found), durably: true)
    foundCatalog = found
    return .selected(try selected(found, replication))
  }

  private func selected(_ catalog: String, _ replication: Replication) throws(Failure) -> String {
    try StreamChoice.catalog(catalog, replication.streams, mode: specification.order.mode)
  }

  private func runRounds(_ supervision: Supervision, _ catalog: TapCatalog) throws(Failure) -> RunOutcome {
    switch specification.order.mode {
    case .incremental, .historical: try round(supervision, catalog, .extract, loadStage: .load)
    case .snapshot: try round(supervision, catalog, .snapshot, loadStage: .load)
    case .continuous: try runContinuously(supervision, catalog)
    }
  }

  /// One tap | target.
  private func round(
    _ supervision: Supervision, _ catalog: TapCatalog, _ stage: Stage, loadStage: Stage?
  ) throws(Failure) -> RunOutcome {
    guard let connectors else { return .cancelled }
    let tap = try connectors.tap(catalog: catalog, state: initialState, attempt: attempt)
    let target = connectors.target(dropFirst: dropsFirst, attempt: attempt)
    if stage != .cdc { ledger.record(.stageBegan(stage)) }
    supervision.stateConfirmedAt = Clock.uptime()
    let end = try Round(supervision, stage: stage, loadStage: loadStage).run(tap: tap, target: target)
    hasRunRound = true
    return judge(end, drainTimeout: supervision.limits.drainTimeout)
  }

  private var hasRunRound = false
  private var dropsFirst: Bool { specification.order.dropDestinationFirst && attempt == 1 && !hasRunRound }

  /// What the tap goes on from: the run's own confirmed state, or the pipeline's where the mode uses one.
  private var initialState: String? {
    switch specification.order.mode {
    case .snapshot: nil
    case .historical: ledger.lastState
    case .incremental, .continuous: ledger.lastState ?? storedState
    }
  }

  private var storedState: String? {
    specification.state.flatMap { StreamChoice.state($0, without: specification.order.staleBookmarks) }
  }

  /// A snapshot first where there is no state, then rounds until somebody ends them.
  private func runContinuously(_ supervision: Supervision, _ catalog: TapCatalog) throws(Failure) -> RunOutcome {
    if initialState == nil {
      let outcome = try round(supervision, catalog, .snapshot, loadStage: .load)
      guard outcome == .succeeded else { return outcome }
    }
    ledger.record(.stageBegan(.cdc), durably: true)
    defer { ledger.record(.stageEnded(.cdc)) }
    while true {
      let outcome = try round(supervision, catalog, .cdc, loadStage: nil)
      guard outcome == .succeeded else { return outcome }
      supervision.takeInStops()
      if let ending = continuousEnding(supervision) { return ending }
      supervision.wait(until: Clock.uptime() + specification.order.spec.pollInterval.milliseconds)
      if let ending = continuousEnding(supervision) { return ending }
    }
  }

  private func continuousEnding(_ supervision: Supervision) -> RunOutcome? {
    if stops.isCancelling { return .cancelled }
    if stops.isCompleting { return .completed }
    if let limit = supervision.exceededRunTimeout {
      return .failed(Failure(.runTimeout, "the run took longer than its limit of \(limit) and was ended"))
    }
    return nil
  }
}

internal import Glibc
public import PipelineModel
internal import Synchronization

extension LocalEngine {
  /// Also ends, one step each time, what lost supervisors left behind: a run is `lost` only when nothing of it is left. An engine that is
  /// only read from does not.
  ///
  /// A folder that cannot be read concerns its own pipeline; only when the runs cannot be listed nothing is known at all.
  public func observe() async -> EngineObservation { observation() }

  /// The same, for whoever cannot wait.
  public func observation() -> EngineObservation {
    reapSupervisors()
    let now = Clock.now()
    do throws(PosixError) {
      var reports: [RunReport] = []
      var unreadable: [UnreadableRun] = []
      for run in try runs.active() {
        do {
          if let report = try report(on: run, endingOrphans: endsOrphans) { reports.append(report) }
        } catch {
          unreadable.append(UnreadableRun(run: run, reason: "\(runs.active(run).path): \(words(for: error))"))
        }
      }
      return .complete(revision(of: reports, unreadable), at: now, runs: reports, unreadable: unreadable)
    } catch {
      return .unavailable("\(runs.path): \(error)", at: now)
    }
  }

  private func words(for error: any Error) -> String {
    switch error {
    case let error as PosixError: error.description
    case is DecodingError: "it holds a file that is no JSON of pipectl's"
    case _: "\(error)"
    }
  }

  /// What is known of one run, retired ones included; nil where it never began or cannot be read.
  public func progress(of run: RunID) -> RunReport? {
    reapSupervisors()
    return (try? report(on: run)).flatMap { $0 }
  }

  /// Where a run's journal and logs are; nil where there is no such run.
  public func directory(of run: RunID) -> RunDirectory? { runs.directory(of: run) }

  /// Nil where the run never began.
  func report(on run: RunID, endingOrphans endsOrphans: Bool = false) throws -> RunReport? {
    guard let directory = runs.directory(of: run) else { return nil }
    // The lock is asked for before the journal is read: a supervisor that ends in between has written its end by then.
    let fingerprint = RunFingerprint(directory)
    let isHeld = try RunLock.isHeld(directory)
    let history = try history(of: run, directory)
    memory.withLock { $0.lastSeen[run] = fingerprint }
    guard isHeld || history.hasStarted else { return nil }
    let stop = try StopRecord.read(from: directory)
    // A history that is over speaks for itself.
    let order = try history.outcome == nil ? order(of: run, directory) : try? order(of: run, directory)
    let status = try status(directory, history, isHeld: isHeld, stop, order, endsOrphans: endsOrphans)
    var report = RunReport(run, status, history)
    report.order = order
    return report
  }

  private func order(of run: RunID, _ directory: RunDirectory) throws -> StartOrder {
    if let known = memory.withLock({ $0.orders[run] }) { return known }
    let order = try RunSpecification(reading: directory).order
    memory.withLock { $0.orders[run] = order }
    return order
  }

  private func history(of run: RunID, _ directory: RunDirectory) throws -> RunHistory {
    try memory.withLock { memory in
      var reader = memory.readers[run] ?? JournalReader()
      try reader.catchUp(with: directory.journal)
      memory.readers[run] = reader
      return reader.history
    }
  }

  private func status(
    _ directory: RunDirectory, _ history: RunHistory, isHeld: Bool, _ stop: StopRecord?,
    _ order: StartOrder?, endsOrphans: Bool
  ) throws -> RunStatus {
    if let outcome = history.outcome { return .ended(outcome) }
    guard isHeld else { return try lostStatus(directory, history, stop, endsOrphans: endsOrphans) }
    if let progress = stopProgress(history, stop) { return .stopping(progress) }
    if let until = history.backingOff { return .backingOff(until: until) }
    // A supervisor that holds the lock has begun, whether it has said so yet or not.
    return .active(history.stage ?? order?.firstStage ?? .discover)
  }

  /// The journal's word, or the request that the supervisor has not seen yet.
  private func stopProgress(_ history: RunHistory, _ stop: StopRecord?) -> StopProgress? {
    guard let stop, history.stop?.kind != stop.order.kind else { return history.stop }
    if history.stop?.kind == .cancel { return history.stop }
    return StopProgress(kind: stop.order.kind, step: .requested, since: stop.at)
  }

  /// A run whose supervisor is gone. Where a cancel was asked for and nothing is left, it is what was asked for; otherwise it is lost.
  private func lostStatus(
    _ directory: RunDirectory, _ history: RunHistory, _ stop: StopRecord?, endsOrphans: Bool
  ) throws -> RunStatus {
    if endsOrphans {
      if let since = try endOrphans(directory, history) { return .unconfirmed(since: since) }
    } else if !Orphans(directory, history).processes().isEmpty {
      return .unconfirmed(since: Clock.now())
    }
    let wasCancelled = stop?.order.kind == .cancel || history.stop?.kind == .cancel
    return .ended(wasCancelled ? .cancelled : .lost)
  }

  /// One step, under the run's lock, so that it can never hit another attempt's processes. Nil when none is left.
  private func endOrphans(_ directory: RunDirectory, _ history: RunHistory) throws -> Timestamp? {
    guard let lock = try RunLock.take(directory) else { return Clock.now() }
    defer { RunLock.release(lock) }
    var reader = JournalReader()
    try reader.catchUp(with: directory.journal)
    guard reader.history == history else { return Clock.now() }
    let grace = (try? RunSpecification(reading: directory).order.spec.limits.cancelGrace) ?? TimeSpan(seconds: 60)
    if let since = try Orphans(directory, history).end(grace: grace) { return since }
    directory.removeSecrets()
    return nil
  }

  /// Equal for equal observations.
  private func revision(of reports: [RunReport], _ unreadable: [UnreadableRun]) -> Revision {
    var digest = StableDigest()
    for report in reports {
      let position = memory.withLock { $0.readers[report.run]?.position ?? 0 }
      digest.add("\(report.run) \(position) \(report.status)\n")
    }
    for run in unreadable { digest.add("\(run.run) \(run.reason)\n") }
    return Revision(digest.text)
  }
}

extension StartOrder {
  fileprivate var firstStage: Stage {
    if spec.work.commandJob != nil { return .run }
    return refreshSchema ? .discover : .extract
  }
}

extension RunReport {
  init(_ run: RunID, _ status: RunStatus, _ history: RunHistory) {
    self.init(
      run: run, status: status, attempt: max(1, history.attempt), startedAt: history.startedAt,
      endedAt: history.endedAt, stages: history.stages, streams: history.streams, tapExit: history.tapExit,
      targetExit: history.targetExit, commandExit: history.commandExit, confirmedStates: history.states,
      catalog: history.catalog,
      conditions: history.conditions,
      logBytesLeftOut: history.logBytesLeftOut == 0 ? nil : history.logBytesLeftOut)
  }
}

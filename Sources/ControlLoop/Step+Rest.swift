import PipelineModel
import Reconciler

/// Nothing is left to do now: the goal is reached, or something is to be waited for, without the lock.
///
/// What the manifests want is recorded then. From the first wait on the loop only carries on with what is recorded: another
/// command may have recorded something newer meanwhile, and an older one that is still waiting must not take it back.
extension LoopState {
  mutating func rest(_ stored: StoredState, _ plan: Plan, _ engines: [EngineAvailability]) -> [LoopEffect] {
    let pipelines = waitedFor(stored)
    let unavailable = engines.map { $0.concerning(pipelines) }.filter(\.isUnavailable)
    if mustGiveUp(on: unavailable) || areSilent(pipelines, engines) { return finish(.enginesUnavailable(unavailable)) }
    watchStrandedRuns(stored, plan)
    let runs = runsToWaitFor()
    let pending = pendingRequests(stored)
    if runs.isEmpty && pending.isEmpty || goal.until == .planned { return finish(.done) }
    if progress.isInterrupted { return finish(.interrupted) }
    let active = runs.filter { progress.runs[$0]?.retryAt == nil }
    let awaited = pending.isEmpty ? active : active + runsThatGoOn(stored)
    // What could not be read may have ended meanwhile, and then nothing more tells of it.
    let isBlind = engines.contains { engine in awaited.contains { engine.silence(on: $0.pipeline) != nil } }
    let mustLookAgain = isBlind || !unavailable.isEmpty || active != runs && plan.wakeAt == nil
    let until = wakeTime(plan, mustLookAgain: mustLookAgain)
    if awaited.isEmpty && until == nil { return finish(.pending(pending)) }
    goal.desired = DesiredState(zones: goal.desired.zones)
    return wait(for: sortedUnique(awaited), until: until, unavailable: unavailable)
  }

  /// All that is left to do was tried a moment ago.
  mutating func backOff(_ plan: Plan) -> [LoopEffect] {
    if progress.isInterrupted { return finish(.interrupted) }
    let instants = plan.operations.compactMap { progress.attempts[$0.id]?.last }
    return wait(for: [], until: (instants.min() ?? now) + Patience.retry, unavailable: [])
  }

  private mutating func wait(
    for runs: [RunID], until: Timestamp?, unavailable: [EngineAvailability]
  ) -> [LoopEffect] {
    phase = .waiting
    progress.roundsInARow = [:]
    let trouble: [LoopEffect] = unavailable.isEmpty ? [] : [.report(.enginesUnavailable(unavailable))]
    return [.unlock, .report(.runs(progress.sortedRuns))] + trouble
      + [.report(.waiting(runs: runs, until: until)), .wait(runs: runs, until: until)]
  }

  /// An engine that never answered is a failure at once; one that did may be away for a while.
  private func mustGiveUp(on unavailable: [EngineAvailability]) -> Bool {
    guard !unavailable.isEmpty else { return false }
    return goal.until != .settled || progress.roundsUnavailable > Patience.unavailable
      || unavailable.contains { !progress.enginesRead.contains($0.engine) }
  }

  /// Whether nothing is left to wait for but runs that engines have and cannot tell of: that does not mend by itself.
  private func areSilent(_ pipelines: Set<PipelineName>, _ engines: [EngineAvailability]) -> Bool {
    let readable = engines.filter { !$0.isUnavailable }
    return !pipelines.isEmpty && pipelines.allSatisfy { name in readable.contains { $0.silence(on: name) != nil } }
  }

  /// Runs that may make room for what is pending. One that somebody ordered and never began is nothing to wait for.
  private func runsThatGoOn(_ stored: StoredState) -> [RunID] {
    stored.runs.filter { $0.isActive && $0.report.status != .starting && $0.retryAt == nil }.map(\.id)
  }

  /// A lost run is tried again by nobody but a loop that waits for the instant, so whoever waits for the end of runs sees to it;
  /// a command that submits something is about that alone.
  private mutating func watchStrandedRuns(_ stored: StoredState, _ plan: Plan) {
    guard goal.until == .settled, goal.submissions.isEmpty else { return }
    let ours = Set(plan.decisions.filter { !$0.reason.isOwnedElsewhere }.map(\.pipeline))
    let stranded = stored.runs.filter { $0.isActive && $0.retryAt != nil && ours.contains($0.id.pipeline) }
    progress.watched.formUnion(stranded.map(\.id))
    progress.note(stranded)
  }

  /// The pipelines of whose runs or requests the goal still has to hear.
  private func waitedFor(_ stored: StoredState) -> Set<PipelineName> {
    Set(runsToWaitFor().map(\.pipeline) + pendingRequests(stored).map(\.pipeline))
  }

  /// The goal's runs that have not ended.
  private func runsToWaitFor() -> [RunID] {
    switch goal.until {
    case .planned, .started: []
    case .settled: progress.watched.sorted().filter { progress.runs[$0]?.isActive ?? false }
    }
  }

  /// The goal's requests that still have to be acted on, or, where the end is waited for, that have no result.
  private func pendingRequests(_ stored: StoredState) -> [RequestKey] {
    (progress.awaited ?? []).filter { key in
      switch stored.requests.first(where: { $0.key == key })?.state {
      case .pending: true
      case .acting: goal.until == .settled
      case .settled, nil: false
      }
    }
  }

  private func wakeTime(_ plan: Plan, mustLookAgain: Bool) -> Timestamp? {
    guard mustLookAgain else { return plan.wakeAt }
    let retry = now + Patience.retry
    return plan.wakeAt.map { min($0, retry) } ?? retry
  }
}

extension Reason {
  fileprivate var isOwnedElsewhere: Bool {
    switch self {
    case .ownedElsewhere: true
    case .changes, .upToDate, .paused, .runActive, .runStopping, .runUnconfirmed, .requestPending, .consentNeeded,
      .engineUnavailable, .intentOpen, .orphaned, .engineAtCapacity,
      .controllerAtCapacity, .slotWaiting:
      false
    }
  }
}

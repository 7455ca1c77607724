import PipelineModel
import Reconciler

/// From the records to intents.
extension LoopState {
  mutating func plan(_ observed: LoopPhase.Observed) -> [LoopEffect] {
    if progress.round > 1 && goal.until == .planned { return finish(.done) }
    switch savedOperations(observed) {
    case .alreadyApplied: return alreadyApplied(observed)
    case .outdated(let failed): return finish(.savedPlanOutdated(failed))
    case .begun:
      goal.desired = DesiredState(zones: goal.desired.zones)
      return plan(observed, nil)
    case .ready(let operations): return plan(observed, operations)
    case nil: return plan(observed, nil)
    }
  }

  /// Nothing of the plan is left to do; the runs that came of it may still be under way, and nothing else is waited for.
  private mutating func alreadyApplied(_ observed: LoopPhase.Observed) -> [LoopEffect] {
    progress.isAlreadyApplied = true
    guard !progress.watched.isEmpty else { return finish(.done) }
    progress.awaited = []
    goal.scope = sortedUnique(progress.watched.map(\.pipeline))
    goal.desired = DesiredState(zones: goal.desired.zones)
    return plan(observed, nil)
  }

  private mutating func plan(_ observed: LoopPhase.Observed, _ operations: [Operation]?) -> [LoopEffect] {
    let engines = observed.absorption.engines
    var round = RoundPlan(
      goal: goal, isSubmitted: progress.isSubmitted, operations: operations, stored: observed.stored,
      engines: engines, now: now)
    if progress.firstPlan == nil { progress.firstPlan = round.plan }
    progress.standing = LoopStanding(round, engines, isOfAll: goal.scope == nil)
    noteRequests(round.stored)
    let unread = unreadEngines(operations ?? [], engines)
    if !unread.isEmpty { return finish(.enginesUnavailable(unread)) }
    if goal.isLook { progress.heldBack = round.holdBack() }
    if let refusal = judge(round) { return finish(refusal) }
    for pipeline in Set(round.plan.operations.map(\.pipeline)) { progress.roundsInARow[pipeline, default: 0] += 1 }
    let fresh = round.plan.operations.filter { progress.mayAttempt($0, at: now) }
    if fresh.isEmpty && !round.plan.operations.isEmpty { return backOff(round.plan) }
    round.plan.operations = fresh
    return [.report(.planned(round.plan))] + record(round, engines: engines)
  }

  /// A saved plan is executed once, in the first round, and only in the world that it was made for.
  private func savedOperations(_ observed: LoopPhase.Observed) -> SavedPlan? {
    guard progress.round == 1, let saved = goal.savedPlan else { return nil }
    return SavedPlan(saved, intents: observed.intents, stored: observed.stored)
  }

  /// Engines that a saved plan needs, and that could not be read.
  private func unreadEngines(_ operations: [Operation], _ engines: [EngineAvailability]) -> [EngineAvailability] {
    let asking = operations.filter { $0.effect.callsEngine || $0.effect == .forget($0.pipeline) }
    guard !asking.isEmpty else { return [] }
    return engines.map { $0.concerning(Set(asking.map(\.pipeline))) }.filter(\.isUnavailable)
  }

  /// What speaks against the plan; nothing of it is done then.
  private func judge(_ round: RoundPlan) -> LoopOutcome? {
    if !round.violations.isEmpty { return .lawBroken(round.violations) }
    let missing = goal.missingConsents(in: round.plan, over: round.stored, at: now)
    if !missing.isEmpty { return .consentNeeded(missing) }
    let hopeless = round.plan.operations.filter { progress.attempts[$0.id, default: .none].count >= Patience.attempts }
    if !hopeless.isEmpty { return .notConverging(hopeless) }
    let restless = round.plan.operations.filter { progress.roundsInARow[$0.pipeline, default: 0] >= Patience.rounds }
    return restless.isEmpty ? nil : .notConverging(restless)
  }

  private mutating func record(_ round: RoundPlan, engines: [EngineAvailability]) -> [LoopEffect] {
    let notes =
      environmentBinding(round.stored) + round.plan.bookkeeping
      + goal.agreements(on: round.plan, over: round.stored, at: now)
    let basis = round.stored.applying(notes)
    let intents = intentChanges(for: round.plan.operations, stored: basis, now: now)
    let changes = round.submitted + notes + intents
    let stored = basis.applying(intents)
    guard !changes.isEmpty else { return intentsRecorded(stored, round.plan, engines) }
    phase = .recordingIntents(stored: stored, plan: round.plan, engines: engines)
    return [.commit(changes)]
  }

  private func environmentBinding(_ stored: StoredState) -> [StateChange] {
    guard let environment = goal.environment, stored.environment == nil else { return [] }
    return [.bindEnvironment(environment)]
  }

  /// Keeps the goal's requests as they stand, and the runs that they led to.
  mutating func noteRequests(_ stored: StoredState) {
    let keys = Set(progress.keys)
    progress.requests = stored.requests.filter { keys.contains($0.key) }
    let awaited = Set(progress.awaited ?? [])
    let runs = progress.requests.filter { awaited.contains($0.key) }.compactMap(\.state.run)
    progress.watched.formUnion(runs)
    progress.note(stored.runs)
  }
}

extension RequestState {
  /// The run that it acts on or has acted on.
  fileprivate var run: RunID? {
    switch self {
    case .acting(let run), .settled(.done(let run), _), .settled(.alreadyEnded(let run), _): run
    case .pending, .settled(.nothingToCancel, _), .settled(.refused, _), .settled(.superseded, _),
      .settled(.expired, _):
      nil
    }
  }
}

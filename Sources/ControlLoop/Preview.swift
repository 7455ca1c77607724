public import PipelineModel
public import Reconciler

/// What the loop would do first; nothing was locked and nothing written.
public struct Preview: Hashable, Sendable {
  public var plan: Plan
  /// The records with the engines' answers taken in and with what the goal submits.
  public var stored: StoredState
  public var answers: [EngineAnswer]
  /// Sorted by name.
  public var engines: [EngineAvailability]
  /// When it was looked; what it is the first to see bears this time, and is not recorded.
  public var lookedAt: Timestamp
  /// What would stop the loop before it does anything; absent where nothing would.
  public var refusal: LoopOutcome?
  /// The active runs that the goal's requests had started before, and that the loop would wait for; sorted.
  public var runsUnderWay: [RunID]

  init(of goal: LoopGoal, records: LoopRecords, answers: [EngineAnswer], now: Timestamp) {
    let absorption = absorb(goal.limited(answers), into: records.stored, now: now)
    let stored = absorption.stored
    let saved = goal.savedPlan.map {
      SavedPlan($0, intents: records.intents + absorption.settledIntents, stored: stored)
    }
    var goal = goal
    var operations: [Operation]?
    var refusal: LoopOutcome?
    switch saved {
    case .alreadyApplied: (operations, refusal) = ([], .alreadyApplied)
    case .outdated(let failed): (operations, refusal) = ([], .savedPlanOutdated(failed))
    case .begun: goal.desired = DesiredState(zones: goal.desired.zones)
    case .ready(let wanted): operations = wanted
    case nil: break
    }
    let round = RoundPlan(
      goal: goal, isSubmitted: false, operations: operations, stored: stored, engines: absorption.engines, now: now)
    if let mismatch = goal.environmentMismatch(with: records.stored) { refusal = mismatch }
    let unmanaged = goal.unmanaged(in: records.stored)
    if !unmanaged.isEmpty { refusal = .notManaged(unmanaged) }
    if !round.violations.isEmpty { refusal = .lawBroken(round.violations) }
    self.plan = round.plan
    self.lookedAt = now
    self.stored = round.stored
    self.answers = answers
    self.engines = absorption.engines
    self.refusal = refusal
    self.runsUnderWay = goal.until == .settled ? goal.runsUnderWay(in: records.stored) : []
  }
}

import PipelineModel
import Reconciler

/// What a round would do; computed alike by the loop and by a preview.
struct RoundPlan: Hashable, Sendable {
  var plan: Plan
  var violations: [LawViolation]
  /// The records as the plan saw them: with what the goal submits.
  var stored: StoredState
  /// What the goal submits, where it was not recorded in an earlier round.
  var submitted: [StateChange]

  /// - Parameter operations: those of a saved plan, instead of what the planner would do.
  init(
    goal: LoopGoal, isSubmitted: Bool, operations: [Operation]? = nil, stored: StoredState,
    engines: [EngineAvailability], now: Timestamp
  ) {
    submitted = isSubmitted ? [] : goal.submissions.flatMap { $0.changes(in: stored, now: now) }
    let basis = stored.applying(submitted)
    let observed = ObservedState(stored: basis, engines: engines)
    var plan = makePlan(
      scope: goal.scope, desired: goal.desired, observed: observed, openIntents: basis.intents,
      ledger: basis.requests, firesSlots: goal.firesSlots, maxConcurrentRuns: goal.maxConcurrentRuns, now: now)
    if let operations {
      plan.operations = operations
      let slots = slotsSettled(before: operations, desired: goal.desired, observed: observed, now: now)
      plan.bookkeeping += slots.filter { !plan.bookkeeping.contains($0) }
    }
    violations = checkLaws(
      of: plan, desired: goal.desired, observed: observed, openIntents: basis.intents, ledger: basis.requests)
    self.plan = plan
    self.stored = basis
  }
}

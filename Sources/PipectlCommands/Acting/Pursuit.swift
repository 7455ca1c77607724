import ControlLoop
import PipelineModel
import Reconciler

/// One goal of a command, pursued: consent is asked for before anything is done, progress is shown while it is.
struct Pursuit {
  let workspace: Workspace
  let terminal: Terminal
  /// What was agreed to beforehand, whatever the plan names.
  let granted: Set<Consent>
  let lockTimeout: TimeSpan
  /// Prints what is about to be done.
  var announce: @Sendable (Plan) -> Void = { _ in }

  /// Pursues the goal, once it is agreed to.
  func run(_ wanted: LoopGoal) async throws -> LoopResult {
    var goal = wanted
    let preview = try await workspace.controller(for: goal.desired).preview(goal)
    if let refusal = preview.refusal, refusal != .alreadyApplied || preview.runsUnderWay.isEmpty {
      return LoopResult(outcome: refusal, firstPlan: preview.plan)
    }
    let allowed = preGranted(by: preview.plan, goal.desired, preview.stored)
    goal.consents = ConsentGrant(granted, operations: allowed)
    let missing = goal.consents.missing(in: preview.plan)
    if !missing.isEmpty {
      announce(preview.plan)
      guard agrees(to: missing) else {
        return LoopResult(outcome: .consentNeeded(missing), firstPlan: preview.plan)
      }
      goal.consents.operations.formUnion(missing.map(\.id))
    }
    try workspace.remotes.remember(goal.desired)
    return await perform(goal, isAnnounced: !missing.isEmpty)
  }

  private func perform(_ goal: LoopGoal, isAnnounced: Bool) async -> LoopResult {
    Interruption.watch()
    let display = ProgressDisplay(terminal: terminal, isAnnounced: isAnnounced, announce: announce)
    let controller = workspace.controller(
      for: goal.desired, lockTimeout: lockTimeout, observer: display, progress: { await display.show($0) })
    let result = await controller.run(goal)
    await display.end(result.runs)
    return result
  }
}

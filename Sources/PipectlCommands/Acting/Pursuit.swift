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
    // A controller that cannot be worked with is told of before anything is asked.
    _ = try await HandOver.find(workspace.folder, lockTimeout: lockTimeout)
    let preview = try await workspace.controller(for: goal.desired).preview(goal)
    if let refusal = preview.refusal, refusal != .alreadyApplied || preview.runsUnderWay.isEmpty {
      return LoopResult(outcome: refusal, firstPlan: preview.plan)
    }
    goal.consents = ConsentGrant(granted)
    let missing = goal.consents.missing(in: preview.plan, of: goal.desired, over: preview.stored)
    if !missing.isEmpty {
      announce(preview.plan)
      guard agrees(to: missing) else {
        return LoopResult(outcome: .consentNeeded(missing), firstPlan: preview.plan)
      }
      goal.consents.operations.formUnion(missing.map(\.id))
    }
    try workspace.remotes.remember(goal.desired)
    return try await perform(goal, isAnnounced: !missing.isEmpty)
  }

  private func perform(_ goal: LoopGoal, isAnnounced: Bool) async throws -> LoopResult {
    Interruption.watch()
    let display = ProgressDisplay(terminal: terminal, isAnnounced: isAnnounced, announce: announce)
    do {
      let result = try await pursued(goal, display)
      await display.end(result.runs)
      return result
    } catch {
      await display.end([])
      throw error
    }
  }

  private func pursued(_ goal: LoopGoal, _ display: ProgressDisplay) async throws -> LoopResult {
    if let result = try await handedOver(goal, display) { return result }
    return try await here(goal, display)
  }

  /// Pursued by the controller that has the folder; absent where there is none.
  private func handedOver(_ goal: LoopGoal, _ display: ProgressDisplay) async throws -> LoopResult? {
    try await HandOver.find(workspace.folder, lockTimeout: lockTimeout)?.run(
      goal, observer: display, progress: { await display.show($0) })
  }

  /// Pursued in this process, until a controller that stays takes the folder: then that one goes on.
  private func here(_ goal: LoopGoal, _ display: ProgressDisplay) async throws -> LoopResult {
    let controller = workspace.controller(
      for: goal.desired, lockTimeout: lockTimeout, observer: display, progress: { await display.show($0) })
    let result = await controller.run(goal)
    guard case .lockHeld = result.outcome, Interruption.signalNumber == nil,
      var rest = try await handedOver(goal, display)
    else { return result }
    rest.firstPlan = result.firstPlan ?? rest.firstPlan
    rest.executed = result.executed + rest.executed
    return rest
  }
}

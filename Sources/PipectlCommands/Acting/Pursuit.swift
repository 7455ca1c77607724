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
    let preview = try await workspace.controller().preview(goal)
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

  /// By the controller that has the folder, or in this process where there is none.
  ///
  /// A controller may come or go meanwhile: then the goal is pursued anew where it can be, and what was done stays done.
  private func pursued(_ goal: LoopGoal, _ display: ProgressDisplay) async throws -> LoopResult {
    var memory = GoalMemory()
    for _ in 0..<Self.places {
      guard let controller = try await HandOver.find(workspace.folder, lockTimeout: lockTimeout) else {
        let result = await here(goal, display)
        guard case .lockHeld = result.outcome, Interruption.signalNumber == nil,
          controllerPresence(of: workspace.folder) != nil
        else { return memory.continued(by: result) }
        memory.note(result)
        continue
      }
      switch try await controller.run(goal, observer: display, progress: { await display.show($0) }) {
      case .result(let result): return memory.continued(by: result)
      case .gone(let told): memory.note(told)
      }
    }
    throw CommandEnd(goneWith: goal)
  }

  /// How often it is begun anew.
  private static let places = 5

  private func here(_ goal: LoopGoal, _ display: ProgressDisplay) async -> LoopResult {
    await workspace.controller(
      lockTimeout: lockTimeout, observer: display, progress: { await display.show($0) }
    ).run(goal)
  }
}

import ControlLoop
import PipelineModel

/// What was told of a goal so far, for whoever has to say in the end what was done.
struct GoalMemory {
  private var firstPlan: Plan?
  private var executed: [Execution] = []

  mutating func note(_ report: LoopReport) {
    switch report {
    case .planned(let plan): firstPlan = firstPlan ?? plan
    case .executed(let operation, let answer): executed.append(Execution(operation, answer))
    case .executing, .runs, .enginesUnavailable, .waiting: break
    }
  }

  mutating func note(_ result: LoopResult) {
    firstPlan = firstPlan ?? result.firstPlan
    executed += result.executed
  }

  mutating func note(_ told: GoalMemory) {
    firstPlan = firstPlan ?? told.firstPlan
    executed += told.executed
  }

  /// The end of the goal, with what was done before.
  func continued(by result: LoopResult) -> LoopResult {
    var whole = result
    whole.firstPlan = firstPlan ?? result.firstPlan
    whole.executed = executed + result.executed
    return whole
  }
}

import ControlLoop
import PipelineModel

/// One goal while it is pursued.
struct LoopCall {
  let actor: String
  let goal: LoopGoal
  var state = LoopState()

  init(actor: String, goal: LoopGoal) {
    self.actor = actor
    self.goal = goal
  }

  /// Why it does not go on by itself.
  enum Pause {
    case waiting([RunID], until: Timestamp?)
    case finished(LoopResult)
    /// Its process died.
    case dead
  }
}

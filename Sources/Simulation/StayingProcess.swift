import ControlLoop
import PipelineModel

/// What a process that stays has in its memory, besides the step of its own loop.
struct StayingProcess {
  let actor: String
  /// What its loop has not heard yet.
  var nudges: [Nudge] = []
  /// The goals that commands handed over, while they wait.
  var calls: [WaitingCall] = []
  /// Until then nobody does anything.
  var idleUntil: Timestamp?
  /// The commit that was read last.
  var seen: String?
  var source: SourceStatus

  struct WaitingCall {
    var call: LoopCall
    var runs: [RunID: RunStatus?]
    var until: Timestamp?
  }

  init(actor: String, source: SourceStatus) {
    self.actor = actor
    self.source = source
  }
}

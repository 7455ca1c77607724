internal import PipelineModel

/// How one tap | target ended: what is needed to judge it.
struct RoundEnd: Hashable, Sendable {
  /// Why the supervisor ended it; absent where it ended by itself.
  var interruption: Interruption?
  var tap: ProcessExit
  var target: ProcessExit
  /// What the tap left without a line end.
  var unfinishedBytes = 0
  /// The target did not end in time and was ended.
  var wasTargetEnded = false
  var tapLines: [String] = []
  var targetLines: [String] = []
}

/// Why a supervisor ends a round.
enum Interruption: Hashable, Sendable {
  case cancel
  case runTimeout(TimeSpan)
  case noProgress(TimeSpan)
  case targetGone
  case invalidMessage(line: Int, excerpt: String)
  case journal(String)
}

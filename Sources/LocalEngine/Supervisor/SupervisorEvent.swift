internal import PipelineModel

/// What the supervisor's threads tell its one owner of decisions.
enum SupervisorEvent: Sendable {
  case childrenChanged
  case stopAsked(StopKind, at: Timestamp)
  /// The target printed a state.
  case state(String)
  /// A line of the tap that no target could read; one-based; its beginning, not scrubbed.
  case invalidMessage(line: Int, excerpt: String)
  /// The target reads no more.
  case targetClosedInput
  /// The tap's output is at its end; what was left without a line end was not forwarded.
  case tapOutputEnded(unfinishedBytes: Int)
  /// A reader of a connector's output or log has come to its end.
  case readerEnded
}

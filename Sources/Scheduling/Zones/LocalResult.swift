public import PipelineModel

/// The instants at which the clocks of a zone show a civil time.
public enum LocalResult: Hashable, Sendable {
  case unique(Timestamp)
  /// None: the clocks jump over it at this transition.
  case gap(ZoneRules.Transition)
  /// Two: the clocks are set back over it. The earliest and the latest where there are more.
  case fold(first: Timestamp, second: Timestamp)
}

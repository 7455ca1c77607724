/// What caused a run.
public enum RunTrigger: Hashable, Codable, Sendable {
  case request(RequestID)
  case slot(Timestamp)
  /// Started by somebody else on the engine.
  case external
}

/// An engine's answer; absence of a run means something only in a complete one (law 7).
public enum EngineObservation: Hashable, Codable, Sendable {
  /// Sorted by run.
  case complete(Revision, at: Timestamp, runs: [RunReport])
  case unavailable(String, at: Timestamp)
}

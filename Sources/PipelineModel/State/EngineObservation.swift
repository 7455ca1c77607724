/// An engine's answer; absence of a run means something only in a complete one (law 7).
public enum EngineObservation: Hashable, Codable, Sendable {
  /// Sorted by run. Of those that are unreadable the engine knows only that they are there: they justify nothing for their pipelines, and
  /// leave the others alone.
  case complete(Revision, at: Timestamp, runs: [RunReport], unreadable: [UnreadableRun] = [])
  case unavailable(String, at: Timestamp)
}

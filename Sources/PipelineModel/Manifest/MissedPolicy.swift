/// What becomes of slots that passed while no controller ran.
public enum MissedPolicy: Hashable, Codable, Sendable {
  case skip
  /// The latest one runs.
  case runOnce
  /// The latest `limit` run, oldest first.
  case runAll(limit: Int)
}

/// What becomes of a run that moves nothing for longer than its limit.
public enum NoProgressAction: String, Hashable, Codable, Sendable, CaseIterable {
  /// It is ended as a cancel would end it, and failed.
  case cancel
  /// It goes on; a condition says that it moves nothing, for as long as that is so.
  case alert
  /// It is ended and failed, and its pipeline is paused.
  case pause
}

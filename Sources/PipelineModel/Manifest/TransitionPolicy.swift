/// What a cron expression means where a zone's clock jumps.
public struct TransitionPolicy: Hashable, Codable, Sendable {
  public var gap: Gap
  public var fold: Fold

  /// A wall time that does not exist.
  public enum Gap: String, Hashable, Codable, Sendable, CaseIterable {
    /// The slot is at the first instant after the gap.
    case shift
    case skip
  }

  /// A wall time that exists twice.
  public enum Fold: String, Hashable, Codable, Sendable, CaseIterable {
    case first
    case second
    case both
  }

  public init(gap: Gap = .shift, fold: Fold = .first) {
    self.gap = gap
    self.fold = fold
  }
}

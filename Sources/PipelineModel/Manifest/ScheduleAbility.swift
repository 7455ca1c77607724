/// Which schedules an engine can keep.
public struct ScheduleAbility: Hashable, Codable, Sendable {
  /// The steps of `every`, ascending; absent: any.
  public var steps: [TimeSpan]?
  /// The shortest step that takes an anchor; absent: each does.
  public var anchoredFrom: TimeSpan?
  public var cron: Cron
  /// Whether cron expressions are read in UTC alone.
  public var isUTCOnly: Bool
  /// Whether there can be none.
  public var canBeAbsent: Bool

  public enum Cron: String, Hashable, Codable, Sendable {
    case none
    /// Days of the month or days of the week, not both.
    case oneDayField
    case full
  }

  public init(
    steps: [TimeSpan]? = nil, anchoredFrom: TimeSpan? = nil, cron: Cron = .full, isUTCOnly: Bool = false,
    canBeAbsent: Bool = true
  ) {
    self.steps = steps
    self.anchoredFrom = anchoredFrom
    self.cron = cron
    self.isUTCOnly = isUTCOnly
    self.canBeAbsent = canBeAbsent
  }

  public static let any = ScheduleAbility()
}

/// Which schedules an engine can keep.
public struct ScheduleAbility: Hashable, Codable, Sendable {
  /// The steps of `every`, ascending; absent: any.
  public var steps: [TimeSpan]?
  /// The bounds of `every`, where each multiple of `unit` between them will do; absent: none.
  public var stepsWithin: Bounds?
  /// Whether `every` can be given a beginning.
  public var takesAnchor: Bool
  /// The shortest step that takes an anchor; absent: each does.
  public var anchoredFrom: TimeSpan?
  public var cron: Cron
  /// Whether cron expressions are read in UTC alone.
  public var isUTCOnly: Bool
  /// Whether there can be none.
  public var canBeAbsent: Bool

  /// Both included.
  public struct Bounds: Hashable, Codable, Sendable {
    public var shortest: TimeSpan
    public var longest: TimeSpan
    /// Steps are multiples of it.
    public var unit: TimeSpan

    public init(_ range: ClosedRange<TimeSpan>, unit: TimeSpan) {
      shortest = range.lowerBound
      longest = range.upperBound
      self.unit = unit
    }

    public func allow(_ step: TimeSpan) -> Bool {
      shortest <= step && step <= longest && step.milliseconds % unit.milliseconds == 0
    }
  }

  public enum Cron: String, Hashable, Codable, Sendable {
    case none
    /// Days of the month or days of the week, not both; a place in the month (`L`, `5L`, `5#2`) stands alone.
    case oneDayField
    case full
  }

  public init(
    steps: [TimeSpan]? = nil, stepsWithin: Bounds? = nil, takesAnchor: Bool = true, anchoredFrom: TimeSpan? = nil,
    cron: Cron = .full, isUTCOnly: Bool = false, canBeAbsent: Bool = true
  ) {
    self.steps = steps
    self.stepsWithin = stepsWithin
    self.takesAnchor = takesAnchor
    self.anchoredFrom = anchoredFrom
    self.cron = cron
    self.isUTCOnly = isUTCOnly
    self.canBeAbsent = canBeAbsent
  }

  public static let any = ScheduleAbility()
}

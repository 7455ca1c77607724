/// When a pipeline's slots are, and what becomes of those that could not run.
public struct Schedule: Hashable, Codable, Sendable {
  public var cadence: Cadence
  /// An IANA zone name, as written.
  public var timeZone: String
  public var missed: MissedPolicy
  /// How late a slot may still start.
  public var startDeadline: TimeSpan
  public var overlap: OverlapPolicy
  public var transitions: TransitionPolicy

  public init(
    cadence: Cadence, timeZone: String, missed: MissedPolicy, startDeadline: TimeSpan, overlap: OverlapPolicy,
    transitions: TransitionPolicy
  ) {
    self.cadence = cadence
    self.timeZone = timeZone
    self.missed = missed
    self.startDeadline = startDeadline
    self.overlap = overlap
    self.transitions = transitions
  }
}

extension Schedule {
  /// One that an engine keeps itself: there is nothing to say but when.
  public init(keptByEngine cadence: Cadence) {
    self.init(
      cadence: cadence, timeZone: "UTC", missed: .skip, startDeadline: TimeSpan(seconds: 3600), overlap: .skip,
      transitions: TransitionPolicy())
  }
}

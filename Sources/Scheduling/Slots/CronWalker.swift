import PipelineModel

/// Walks the slots of a cron expression in a zone, segment by segment of the zone's time line.
///
/// Two streams make the slots. *Shown* ones are the instants whose wall time the expression matches; *shifted* ones stand for
/// matching wall times that no instant shows. Where both fall on one instant there is one slot, the shown one.
struct CronWalker {
  let cron: CronExpression
  let zone: ZoneRules
  let policy: TransitionPolicy
  let calendar: CronCalendar
  let followsElapsedTime: Bool

  /// The longest wait that any expression can have: 29 February on one weekday, over a century year without one.
  private static let horizon: Int64 = 41 * 366 * 86_400
  /// Years 1 to 9999.
  private static let bounds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  init(_ cron: CronExpression, in zone: ZoneRules, policy: TransitionPolicy) {
    self.cron = cron
    self.zone = zone
    self.policy = policy
    calendar = CronCalendar(cron)
    followsElapsedTime = cron.followsElapsedTime
  }

  /// The first slot at or after a second.
  func next(from start: Int64) -> Slot? {
    guard start <= Self.bounds.upperBound else { return nil }
    let start = max(start, Self.bounds.lowerBound)
    let end = min(start + Self.horizon, Self.bounds.upperBound)
    let shown = nextShown(from: start, through: end)
    let shifted = nextShifted(from: start, through: shown.map { $0.instant.seconds - 1 } ?? end)
    return shifted ?? shown
  }

  /// The last slot at or before a second.
  func previous(through end: Int64) -> Slot? {
    guard end >= Self.bounds.lowerBound else { return nil }
    let end = min(end, Self.bounds.upperBound)
    let start = max(end - Self.horizon, Self.bounds.lowerBound)
    let shown = previousShown(from: start, through: end)
    let shifted = previousShifted(from: shown.map { $0.instant.seconds + 1 } ?? start, through: end)
    return shifted ?? shown
  }
}

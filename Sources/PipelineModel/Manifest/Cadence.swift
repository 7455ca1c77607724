/// What spaces the slots of a schedule.
public enum Cadence: Hashable, Codable, Sendable {
  /// Wall-clock times in the schedule's zone.
  case cron(CronExpression)
  /// Equal steps of elapsed time, counted from `anchor`; 1970-01-01T00:00:00Z where none is given.
  case every(TimeSpan, anchor: Timestamp?)
}

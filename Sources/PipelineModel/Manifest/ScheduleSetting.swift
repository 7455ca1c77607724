/// What a manifest says about the schedule.
public indirect enum ScheduleSetting: Hashable, Codable, Sendable {
  /// The engine keeps the one it has; only where the engine owns schedules.
  case unmanaged
  /// No slots.
  case none
  case slots(Schedule)
}

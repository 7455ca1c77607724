/// What a manifest says about the schedule.
public indirect enum ScheduleSetting: Hashable, Codable, Sendable {
  /// The engine keeps the one it has; only where the engine owns schedules.
  case unmanaged
  /// No slots.
  case none
  case slots(Schedule)

  /// The IANA name of the zone that its slots go by; absent without slots.
  public var timeZone: String? {
    switch self {
    case .slots(let schedule): schedule.timeZone
    case .unmanaged, .none: nil
    }
  }
}

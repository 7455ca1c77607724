/// What a manifest declares of an object that an engine holds, to be written where it differs.
public struct SettingsOrder: Hashable, Codable, Sendable {
  public var engine: EngineSpec
  /// As `remote.id` names it.
  public var id: String
  /// Absent: it stays as it is.
  public var schedule: Schedule?
  /// Whether it is to have none, and to run on demand.
  public var endsSchedule: Bool
  /// Absent: it stays as it is.
  public var isPaused: Bool?
  /// Whether pausing it ends the run in progress; only where that is asked for.
  public var cancelsRun: Bool

  public init(
    engine: EngineSpec, id: String, schedule: Schedule? = nil, endsSchedule: Bool = false, isPaused: Bool? = nil,
    cancelsRun: Bool = false
  ) {
    self.engine = engine
    self.id = id
    self.schedule = schedule
    self.endsSchedule = endsSchedule
    self.isPaused = isPaused
    self.cancelsRun = cancelsRun
  }
}

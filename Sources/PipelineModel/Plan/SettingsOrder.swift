/// What a manifest declares of an object that an engine holds, to be written where it differs.
public struct SettingsOrder: Hashable, Codable, Sendable {
  public var engine: EngineSpec
  /// As `remote.id` names it.
  public var id: String
  /// Absent: it stays as it is.
  public var schedule: Schedule?
  /// Absent: it stays as it is.
  public var isPaused: Bool?
  /// Which streams are replicated, and how. Absent: that stays as it is.
  public var streams: [StreamRule]?

  public init(
    engine: EngineSpec, id: String, schedule: Schedule? = nil, isPaused: Bool? = nil, streams: [StreamRule]? = nil
  ) {
    self.engine = engine
    self.id = id
    self.schedule = schedule
    self.isPaused = isPaused
    self.streams = streams
  }
}

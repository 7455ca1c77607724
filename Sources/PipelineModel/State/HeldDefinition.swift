/// What an engine that holds definitions says of one of them.
public struct HeldDefinition: Hashable, Codable, Sendable {
  /// As `remote.id` names it.
  public var id: String
  public var schedule: HeldSchedule
  /// Whether somebody has paused it.
  public var isPaused: Bool
  /// Why the engine itself keeps it from running, where it does; only the engine ends that.
  public var hold: String?

  public init(id: String, schedule: HeldSchedule, isPaused: Bool, hold: String? = nil) {
    self.id = id
    self.schedule = schedule
    self.isPaused = isPaused
    self.hold = hold
  }
}

/// The schedule of a held definition.
public enum HeldSchedule: Hashable, Codable, Sendable {
  case none
  case cadence(Cadence)
  /// One that no manifest can declare, in the engine's words.
  case other(String)

  /// Whether it is what is declared; an anchor that is not declared may be any.
  public func keeps(_ declared: Cadence) -> Bool {
    switch (declared, self) {
    case (.every(let step, let anchor), .cadence(.every(let heldStep, let heldAnchor))):
      step == heldStep && (anchor == nil || anchor == heldAnchor)
    case (.cron(let cron), .cadence(.cron(let held))): cron.means(held)
    case (.every, _), (.cron, _): false
    }
  }
}

/// What an engine that holds definitions says of one of them.
public struct HeldDefinition: Hashable, Codable, Sendable {
  /// As `remote.id` names it.
  public var id: String
  public var schedule: HeldSchedule
  /// Whether somebody has paused it.
  public var isPaused: Bool
  /// Why the engine itself keeps it from running, where it does; only the engine ends that.
  public var hold: String?
  /// Why none of its jobs can be started on demand, where the engine shows that; absent where it does not.
  public var startsNone: String?
  /// Whether a stop of it ends a job that nothing shows; absent where all of its jobs are seen.
  public var stopsUnseen: Bool?
  /// Why it could not be read, where the engine tells of it in a way that is not understood: then nothing follows from the rest.
  public var unread: String?
  /// How its streams compare with what was declared of them last; absent where the engine was never told.
  public var streams: HeldStreams?
  /// The latest of its jobs that has ended and that pipectl did not start.
  public var lastForeignRun: ForeignRun?

  public init(
    id: String, schedule: HeldSchedule, isPaused: Bool, hold: String? = nil, startsNone: String? = nil,
    stopsUnseen: Bool? = nil, streams: HeldStreams? = nil, lastForeignRun: ForeignRun? = nil
  ) {
    self.id = id
    self.schedule = schedule
    self.isPaused = isPaused
    self.hold = hold
    self.startsNone = startsNone
    self.stopsUnseen = stopsUnseen
    self.streams = streams
    self.lastForeignRun = lastForeignRun
  }
}

extension HeldDefinition {
  /// One of which nothing can be read.
  ///
  /// - Parameter words: what stands in the way.
  public init(unread id: String, _ words: String) {
    self.init(id: id, schedule: .untold, isPaused: false)
    unread = words
  }
}

/// The selection of a held definition, as far as it was compared.
public struct HeldStreams: Hashable, Codable, Sendable {
  /// What it was compared with.
  public var declared: [StreamRule]
  /// What differs, in words, sorted; empty where nothing does.
  public var differences: [String]

  public init(declared: [StreamRule], differences: [String] = []) {
    self.declared = declared
    self.differences = differences
  }
}

/// A job that an engine started by its own schedule, or that somebody started there.
public struct ForeignRun: Hashable, Codable, Sendable {
  /// The engine's name of it.
  public var id: String
  public var startedAt: Timestamp
  public var endedAt: Timestamp
  public var outcome: RunOutcome

  public init(id: String, startedAt: Timestamp, endedAt: Timestamp, outcome: RunOutcome) {
    self.id = id
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.outcome = outcome
  }
}

/// The schedule of a held definition.
public enum HeldSchedule: Hashable, Codable, Sendable {
  case none
  case cadence(Cadence)
  /// One that no manifest can declare, in the engine's words.
  case other(String)

  /// Of a definition that was never read.
  public static let untold = HeldSchedule.other("")

  /// Whether it is what is declared; an anchor that is not declared may be any.
  public func keeps(_ declared: Cadence) -> Bool {
    switch (declared, self) {
    case (.every(let step, let anchor), .cadence(.every(let heldStep, let heldAnchor))):
      step == heldStep && (anchor == nil || anchor == heldAnchor)
    case (.cron(let cron), .cadence(.cron(let held))): cron.means(held)
    case (.every, _), (.cron, _): false
    }
  }

  /// For a person; absent where there is none.
  public var words: String? {
    switch self {
    case .none: nil
    case .cadence(let cadence): cadence.words
    case .other(let text): text
    }
  }
}

extension Cadence {
  /// `cron 0 6 * * *`, `every 1h`.
  public var words: String {
    switch self {
    case .cron(let expression): "cron \(expression.text)"
    case .every(let span, let anchor): "every \(span)" + (anchor.map { " from \($0)" } ?? "")
    }
  }
}

/// A pipeline as the state folder remembers it.
public struct PipelineRecord: Hashable, Codable, Sendable {
  @Boxed public var applied: DesiredPipeline
  /// Raised by one whenever the compiled spec changes.
  public var generation: Int
  public var lifecycle: Lifecycle
  public var createdAt: Timestamp
  public var appliedAt: Timestamp
  /// The number of the latest run; 0 before the first.
  public var lastRunNumber: Int
  /// What holds while the manifest does not say: the last declared value, and active for a new pipeline.
  public var standingPause: PauseSetting
  /// A pause or resume by command, beside what git says.
  public var override: PauseOverride?
  /// Since when the schedule has been what it is; no slot before that is its own.
  public var scheduledSince: Timestamp
  /// When the latest pause was ended; slots up to then that nobody decided were paused.
  public var resumedAt: Timestamp?
  /// A historical run was cut: the next run starts the history again.
  public var isHistoryPending: Bool
  /// Bookmarks that the next run must not use.
  public var staleBookmarks: BookmarkScope
  /// Whether the next run has to discover the schema again.
  public var needsDiscovery: Bool
  /// What was seen of the object that it stands for; absent before the first look, and where it stands for none.
  public var held: HeldRecord?

  public enum Lifecycle: Hashable, Codable, Sendable {
    case managed
    /// Its manifest is gone from its source set.
    case orphaned(since: Timestamp)
    /// No longer managed; its history, states and requests stay.
    case forgotten(at: Timestamp)
  }

  public init(
    applied: DesiredPipeline, generation: Int, lifecycle: Lifecycle = .managed, createdAt: Timestamp,
    appliedAt: Timestamp,
    lastRunNumber: Int = 0, standingPause: PauseSetting = .active, override: PauseOverride? = nil,
    scheduledSince: Timestamp? = nil, resumedAt: Timestamp? = nil, isHistoryPending: Bool = false,
    staleBookmarks: BookmarkScope = .streams([]), needsDiscovery: Bool = true, held: HeldRecord? = nil
  ) {
    self.applied = applied
    self.generation = generation
    self.lifecycle = lifecycle
    self.createdAt = createdAt
    self.appliedAt = appliedAt
    self.lastRunNumber = lastRunNumber
    self.standingPause = standingPause
    self.override = override
    self.scheduledSince = scheduledSince ?? appliedAt
    self.resumedAt = resumedAt
    self.isHistoryPending = isHistoryPending
    self.staleBookmarks = staleBookmarks
    self.needsDiscovery = needsDiscovery
    self.held = held
  }

  public var name: PipelineName { applied.name }

  public var isForgotten: Bool {
    if case .forgotten = lifecycle { true } else { false }
  }
}

/// A pause or resume by command; it wins over git's value until it expires or is removed.
public struct PauseOverride: Hashable, Codable, Sendable {
  public var isPaused: Bool
  public var reason: String?
  public var by: String
  public var since: Timestamp
  public var until: Timestamp?

  public init(isPaused: Bool, reason: String?, by: String, since: Timestamp, until: Timestamp?) {
    self.isPaused = isPaused
    self.reason = reason
    self.by = by
    self.since = since
    self.until = until
  }
}

/// Some bookmarks of a state, or all of them.
public enum BookmarkScope: Hashable, Codable, Sendable {
  case all
  /// Names and globs of streams, sorted.
  case streams([String])

  public var isEmpty: Bool { self == .streams([]) }
}

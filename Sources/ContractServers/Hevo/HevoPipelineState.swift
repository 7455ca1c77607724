public import PipelineModel

/// A pipeline, its schedule and its jobs.
public struct HevoPipelineState: Sendable {
  public var id: Int
  public var name: String
  public var status = "INITIALIZED"
  /// Minutes; absent: on demand.
  public var frequency: Int? = 60
  /// Whether the schedule starts jobs; off where a test wants only its own.
  public var firesSchedule = false
  public var createdAt = Timestamp(seconds: 1_780_000_000)
  /// How a job goes that nobody disturbs.
  public var jobTakes = TimeSpan(seconds: 600)
  public var jobEnds = "COMPLETED"
  /// What it loads; one that is cancelled a quarter of it.
  public var eventsPerJob = 1000
  /// The part of it that refreshes the schema, and that no cancel interrupts.
  public var refreshTakes = TimeSpan(seconds: 0)
  /// What it moves, in this order; absent: one table of `eventsPerJob`.
  public var objects: [HevoObjectState] = []
  /// Of the source, and as the last job found it whose changes were kept.
  public var sourceSchema = 1
  public internal(set) var schema = 1
  /// Whether the next job reads the history.
  public var isHistoryPending = false
  /// Ascending.
  public internal(set) var jobs: [HevoJobState] = []
  /// How often what was staged and not loaded was thrown away.
  public internal(set) var stagedThrownAway = 0
  var nextFire: Timestamp?
  /// Until when it is being enabled or disabled.
  var switchEnds: Timestamp?

  public init(id: Int, name: String) {
    self.id = id
    self.name = name
  }

  /// The one that runs.
  public var activeJob: HevoJobState? { jobs.last(where: \.isActive) }

  public var isReady: Bool { status == "INITIALIZED" || status == "ENABLED" }

  var activeIndex: Int? { jobs.lastIndex(where: \.isActive) }
}

/// A table or collection of a source.
public struct HevoObjectState: Sendable, Hashable {
  public var name: String
  /// How many rows the source has.
  public var rows: Int
  /// How many of them are loaded.
  public var offset = 0

  public init(name: String, rows: Int) {
    self.name = name
    self.rows = rows
  }
}

/// A job.
public struct HevoJobState: Sendable, Hashable {
  public var id: String
  public var type: String
  public var status = "IN_PROGRESS"
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  /// What a cancel does not interrupt.
  var guardEnds: Timestamp
  var endsAt: Timestamp
  /// What it will be when it ends.
  var willBe: String
  public var eventsLoaded = 0
  /// By the name of an object.
  public var loaded: [String: Int] = [:]
  /// What it found when it refreshed the schema.
  public var schema = 1

  public var isActive: Bool { ["IN_PROGRESS", "CANCELLING", "DEFERRED"].contains(status) }
  public var readsHistory: Bool { type == "HISTORICAL" || type.hasPrefix("RESYNC") || type == "TRUNCATE_AND_LOAD" }
}

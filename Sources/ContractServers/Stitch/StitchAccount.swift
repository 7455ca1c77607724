public import PipelineModel

/// What an account of Stitch holds, and how its services behave where their documents leave it open.
public struct StitchAccount: Sendable {
  public var clientID = 90_001
  public var token = "stitch-token"
  /// Sorted by id.
  public var sources: [StitchSourceState]
  public var habits = Habits()
  var jobsStarted = 0
  /// Of the extractions and loads endpoints together.
  var listCalls: [Timestamp] = []

  /// What the documents do not say.
  public struct Habits: Sendable {
    /// Stopping where nothing runs: accepted, or a 400.
    public var acceptsIdleStop = true
    /// From a stop to the end of the extraction.
    public var stopTakes = TimeSpan(seconds: 20)
    /// A cron expression is shown with a field of years, also where it came without.
    public var showsYears = false
    /// Sources from the last one to the first, without what is null.
    public var isTerse = false

    public init() {}
  }

  public init(sources: [StitchSourceState] = []) {
    self.sources = sources.sorted { $0.id < $1.id }
  }
}

/// A source ("integration"), its job and what is left of earlier ones.
public struct StitchSourceState: Sendable {
  public var id: Int
  public var type = "platform.shopify"
  public var displayName: String
  /// All values are texts or null.
  public var properties: [String: String?] = [
    "frequency_in_minutes": "60", "anchor_time": nil, "cron_expression": nil, "start_date": "2024-01-01T00:00:00Z",
    "image_version": "1.latest",
  ]
  public var createdAt = Timestamp(seconds: 1_780_000_000)
  public var deletedAt: Timestamp?
  public var pausedAt: Timestamp?
  public var systemPausedAt: Timestamp?
  public var step = "fully_configured"
  public var isSingerPowered = true
  public var streams: [StitchStreamState] = [StitchStreamState(id: 1, name: "orders")]
  /// Whether Stitch starts its jobs; off where a test wants only its own.
  public var firesSchedule = false
  /// How a job goes that nobody disturbs.
  public var jobTakes = TimeSpan(seconds: 600)
  public var jobEnds = StitchExits.good
  /// From the end of an extraction to the end of its load; absent: nothing is ever loaded.
  public var loadTakes: TimeSpan? = TimeSpan(seconds: 60)

  public internal(set) var job: StitchJob?
  public internal(set) var last: StitchExtractionState?
  var nextFire: Timestamp?
  /// Loads that are under way: when they end.
  var loading: [Timestamp] = []

  public init(id: Int, name: String) {
    self.id = id
    displayName = name
  }

  public var name: String { displayName.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined() }
}

/// A stream, its selection and its latest load.
public struct StitchStreamState: Sendable {
  public var id: Int
  public var name: String
  public var isSelected: Bool?
  public var lastLoad: Timestamp?
  public var loadError: Bool = false
  /// Its own settings.
  public var method = "FULL_TABLE"
  public var key: String?
  public var fields: [StitchFieldState] = [
    StitchFieldState("id", inclusion: "automatic"), StitchFieldState("note"), StitchFieldState("updated_at"),
    StitchFieldState("raw", inclusion: "unsupported"),
  ]

  public init(id: Int, name: String, isSelected: Bool? = true) {
    self.id = id
    self.name = name
    self.isSelected = isSelected
  }
}

/// A field of a stream.
public struct StitchFieldState: Sendable, Hashable {
  public var name: String
  public var inclusion: String
  public var isSelected: Bool?
  public var isSelectedByDefault: Bool

  public init(
    _ name: String, inclusion: String = "available", isSelected: Bool? = nil, isSelectedByDefault: Bool = true
  ) {
    self.name = name
    self.inclusion = inclusion
    self.isSelected = isSelected
    self.isSelectedByDefault = isSelectedByDefault
  }
}

/// A job that runs.
public struct StitchJob: Sendable, Hashable {
  public var name: String
  public var startedAt: Timestamp
  public var endsAt: Timestamp
  public var exits: StitchExits
}

/// How the three parts of a job ended; null exits with "Terminated" where it was ended from outside.
public struct StitchExits: Sendable, Hashable {
  public var discovery: Int?
  public var tap: Int?
  public var target: Int?
  public var description: String?

  public init(discovery: Int?, tap: Int?, target: Int?, description: String? = nil) {
    self.discovery = discovery
    self.tap = tap
    self.target = target
    self.description = description
  }

  public static let good = StitchExits(discovery: 0, tap: 0, target: 0)
  public static let terminated = StitchExits(discovery: nil, tap: nil, target: nil, description: "Terminated")
}

/// The last completed extraction of a source.
public struct StitchExtractionState: Sendable, Hashable {
  public var jobName: String
  public var startedAt: Timestamp
  public var completedAt: Timestamp
  public var exits: StitchExits
}

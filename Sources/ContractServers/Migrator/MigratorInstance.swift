public import PipelineModel

/// What an instance of Relational Migrator holds, and how it behaves where its documents leave it open.
public struct MigratorInstance: Sendable {
  public var projects: [MigratorProject]
  /// In the order of their making.
  public internal(set) var jobs: [MigratorJobState] = []
  public var habits = Habits()
  /// How the next jobs go that nobody disturbs.
  public var plan = MigratorJobPlan()

  /// What differs between releases, and what the documents do not say.
  public struct Habits: Sendable {
    /// Own status codes, 440 and 470, as until the middle of 2026; standard ones since.
    public var hasOwnCodes = false
    /// Whether continuous jobs are there: they left the public tool with 1.15.
    public var hasChangeCapture = false
    /// From a stop to the end of its job.
    public var stopTakes = TimeSpan(seconds: 20)
    /// Whether it takes stops and does nothing.
    public var ignoresStops = false
    /// The answer to an unknown job: 404, or 200 with nothing in it.
    public var answersUnknownJobs = false
    /// Whether it lists nothing, as while it comes up.
    public var listsNothing = false
    /// Whether lists come in another order than the one that is asked for.
    public var shufflesLists = false
    /// Whether answers leave out what is optional and as usual.
    public var leavesOutDefaults = false
    /// Whether a job is told as NOT_STARTED until its first table is read.
    public var tellsOfWaiting = false

    public init() {}
  }

  public init(projects: [MigratorProject] = [MigratorProject(id: "shop-1", name: "Shop")]) {
    self.projects = projects
  }

  /// How many documents the destination of a project holds; a job that drops its collections first leaves none of those before.
  public func documents(of project: String, at now: Timestamp) -> Int {
    jobs.filter { $0.projectID == project }.reduce(0) { held, job in (job.drops ? 0 : held) + job.written(at: now) }
  }
}

/// A mapping of tables to collections.
public struct MigratorProject: Sendable {
  public var id: String
  public var name: String

  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}

/// How a job goes that nobody disturbs.
public struct MigratorJobPlan: Sendable {
  public var snapshotTakes = TimeSpan(seconds: 600)
  /// How many documents a whole snapshot writes, evenly.
  public var documents = 1000
  /// A failure at the end of the snapshot, in words.
  public var failure: String?
  /// From the end of a snapshot to the end of its verification.
  public var verificationTakes = TimeSpan(seconds: 120)
  /// VERIFIED, FAILED, CANCELLED or ABORTED; absent: none begins.
  public var verificationEnds: String? = "VERIFIED"

  public init() {}
}

public import PipelineModel

/// How a controller that runs for good is getting on, besides what is recorded.
public struct ControllerStatus: Hashable, Codable, Sendable {
  public var startedAt: Timestamp
  /// What must hold before it is ready: the store is opened, the first commit was compiled.
  public var checks: [Check]
  /// What it follows; absent where it only serves commands.
  public var source: Source?
  public var lastReconcile: Reconcile?
  /// When it wants to look again; absent where it waits for events only.
  public var nextWake: Timestamp?
  /// How many pipelines have which decision; sorted by its word.
  public var decisions: [DecisionCount]
  /// Rounds that ended with an error, since the start.
  public var loopErrors: Int

  public struct Check: Hashable, Codable, Sendable {
    public var name: String
    /// Absent where all is well.
    public var problem: String?
    /// What should be known of it although it is no problem for those who ask for something.
    public var remark: String?

    public init(_ name: String, problem: String? = nil, remark: String? = nil) {
      self.name = name
      self.problem = problem
      self.remark = remark
    }
  }

  public struct Source: Hashable, Codable, Sendable {
    /// Those whose objects only the controller applies (law 8).
    public var sets: [SourceSet]
    /// The commit that is applied; absent for a folder.
    public var commit: String?
    /// When it was last read with success.
    public var readAt: Timestamp?
    /// What came of the latest commit: `Applied`, `NothingToDo`, `Rejected`.
    public var result: String?
    public var conditions: [Condition]

    public init(
      sets: [SourceSet], commit: String? = nil, readAt: Timestamp? = nil, result: String? = nil,
      conditions: [Condition] = []
    ) {
      self.sets = sets
      self.commit = commit
      self.readAt = readAt
      self.result = result
      self.conditions = conditions
    }
  }

  public struct Condition: Hashable, Codable, Sendable {
    public var type: String
    /// `True`, `False` or `Unknown`.
    public var status: String
    public var reason: String
    public var message: String
    public var since: Timestamp

    public init(type: String, status: String, reason: String, message: String, since: Timestamp) {
      self.type = type
      self.status = status
      self.reason = reason
      self.message = message
      self.since = since
    }
  }

  public struct Reconcile: Hashable, Codable, Sendable {
    public var endedAt: Timestamp
    public var took: TimeSpan
    /// The outcome in a word, `Done` when all went well.
    public var result: String

    public init(endedAt: Timestamp, took: TimeSpan, result: String) {
      self.endedAt = endedAt
      self.took = took
      self.result = result
    }
  }

  public struct DecisionCount: Hashable, Codable, Sendable {
    public var reason: String
    public var count: Int

    public init(_ reason: String, _ count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  public init(
    startedAt: Timestamp, checks: [Check] = [], source: Source? = nil, lastReconcile: Reconcile? = nil,
    nextWake: Timestamp? = nil, decisions: [DecisionCount] = [], loopErrors: Int = 0
  ) {
    self.startedAt = startedAt
    self.checks = checks
    self.source = source
    self.lastReconcile = lastReconcile
    self.nextWake = nextWake
    self.decisions = decisions
    self.loopErrors = loopErrors
  }

  public var isReady: Bool { checks.allSatisfy { $0.problem == nil } }
}

/// Whoever runs the loop tells how it is getting on, at once and without waiting for anything.
public protocol ControllerStatusSource: Sendable {
  func status() async -> ControllerStatus
}

public import PipelineModel

/// What an account of Hevo Edge holds, and how its service behaves where the documents leave it open.
public struct HevoAccount: Sendable {
  public var key = "hevo-key"
  public var secret = "hevo-secret"
  /// Sorted by id.
  public var pipelines: [HevoPipelineState]
  public var habits = Habits()
  var jobsStarted = 0
  var calls: [Timestamp] = []

  /// What the documents do not say, or say twice.
  public struct Habits: Sendable {
    /// A start while a job runs: 409 or 500, told apart from others by the text alone.
    public var conflictStatus = 409
    /// From the beginning of a job to the moment when it is listed.
    public var listingLag = TimeSpan(seconds: 10)
    /// From a cancel to the end of a job that guards nothing.
    public var cancelTakes = TimeSpan(seconds: 20)
    /// From a disable or enable to its end.
    public var switchTakes = TimeSpan(seconds: 5)
    /// What a pipeline is called that was enabled again.
    public var readyStatus = "ENABLED"
    /// The answer to what brings nothing back: 200 with `{}`, or 204.
    public var quietStatus = 200
    /// Whether lists begin with the newest.
    public var isNewestFirst = true
    /// Whether fields that say nothing are left out, and unknown ones are there.
    public var isSparse = false
    /// The most rows of a page, whatever was asked for.
    public var pageSize = 100

    public init() {}
  }

  public init(pipelines: [HevoPipelineState] = []) {
    self.pipelines = pipelines.sorted { $0.id < $1.id }
  }
}

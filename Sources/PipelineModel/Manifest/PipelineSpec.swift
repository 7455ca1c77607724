/// Everything that a pipeline's manifests resolve to; a change of any of it is a new generation.
public struct PipelineSpec: Hashable, Codable, Sendable {
  public var engine: EngineSpec
  public var work: Work
  /// What slots and plain starts use.
  public var mode: RunMode
  public var schedule: ScheduleSetting
  public var paused: PauseSetting
  public var job: JobRequest?
  public var limits: Limits
  public var retry: RetryPolicy
  /// Between the rounds of a continuous run.
  public var pollInterval: TimeSpan
  /// Sorted.
  public var allow: [AllowedEffect]
  /// Which streams of an object that the engine holds are replicated, and how; absent: that stays as it is.
  public var selection: [StreamRule]?
  /// Whether the jobs of an object that the engine holds can be started and stopped from here; absent: nobody said, so it is tried.
  public var startsOnDemand: Bool?

  public init(
    engine: EngineSpec = .local, work: Work, mode: RunMode = .incremental, schedule: ScheduleSetting = .none,
    paused: PauseSetting = .unmanaged, job: JobRequest? = nil, limits: Limits = Limits(),
    retry: RetryPolicy = RetryPolicy(),
    pollInterval: TimeSpan = TimeSpan(seconds: 10), allow: [AllowedEffect] = [],
    selection: [StreamRule]? = nil, startsOnDemand: Bool? = nil
  ) {
    self.engine = engine
    self.work = work
    self.mode = mode
    self.schedule = schedule
    self.paused = paused
    self.job = job
    self.limits = limits
    self.retry = retry
    self.pollInterval = pollInterval
    self.allow = allow
    self.selection = selection
    self.startsOnDemand = startsOnDemand
  }
}

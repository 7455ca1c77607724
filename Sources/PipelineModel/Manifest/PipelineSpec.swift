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

  public init(
    engine: EngineSpec = .local, work: Work, mode: RunMode = .incremental, schedule: ScheduleSetting = .none,
    paused: PauseSetting = .unmanaged, job: JobRequest? = nil, limits: Limits = Limits(),
    retry: RetryPolicy = RetryPolicy(),
    pollInterval: TimeSpan = TimeSpan(seconds: 10), allow: [AllowedEffect] = []
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
  }
}

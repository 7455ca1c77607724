/// What the state folder holds of the pipelines in question.
public struct StoredState: Hashable, Sendable {
  /// The environment that the folder serves; absent before the first apply.
  public var environment: String?
  /// Sorted by name, forgotten ones included.
  public var pipelines: [PipelineRecord]
  /// The active and the latest run of each pipeline, sorted.
  public var runs: [RunRecord]
  /// Those not settled, and those asked for by key; sorted.
  public var requests: [RequestRecord]
  /// Open and uncertain ones, sorted by id.
  public var intents: [Intent]
  /// How far the slots of each pipeline are decided, sorted by pipeline.
  public var schedules: [ScheduleProgress]
  /// The active runs of pipelines that were not asked for, sorted by engine.
  public var occupancy: [EngineOccupancy]
  /// Whether the folder has ever recorded a request.
  public var isLedgerNew: Bool

  public init(
    environment: String? = nil, pipelines: [PipelineRecord] = [], runs: [RunRecord] = [],
    requests: [RequestRecord] = [],
    intents: [Intent] = [], schedules: [ScheduleProgress] = [], occupancy: [EngineOccupancy] = [],
    isLedgerNew: Bool = true
  ) {
    self.environment = environment
    self.pipelines = pipelines
    self.runs = runs
    self.requests = requests
    self.intents = intents
    self.schedules = schedules
    self.occupancy = occupancy
    self.isLedgerNew = isLedgerNew
  }
}

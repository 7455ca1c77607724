/// What is known: the records, and which engines answered.
public struct ObservedState: Hashable, Sendable {
  /// Sorted by name, forgotten ones included.
  public var pipelines: [PipelineRecord]
  /// The active and the latest run of each pipeline, sorted.
  public var runs: [RunRecord]
  /// Sorted by name; an engine that is not listed was not asked.
  public var engines: [EngineAvailability]
  /// Sorted by pipeline.
  public var schedules: [ScheduleProgress]
  /// The active runs of pipelines that are not listed, sorted by engine.
  public var occupancy: [EngineOccupancy]
  public var environment: String?
  public var isLedgerNew: Bool

  public init(
    pipelines: [PipelineRecord], runs: [RunRecord], engines: [EngineAvailability],
    schedules: [ScheduleProgress] = [], occupancy: [EngineOccupancy] = [], environment: String? = nil,
    isLedgerNew: Bool = false
  ) {
    self.pipelines = pipelines
    self.runs = runs
    self.engines = engines
    self.schedules = schedules
    self.occupancy = occupancy
    self.environment = environment
    self.isLedgerNew = isLedgerNew
  }

  public init(stored: StoredState, engines: [EngineAvailability]) {
    self.init(
      pipelines: stored.pipelines, runs: stored.runs, engines: engines, schedules: stored.schedules,
      occupancy: stored.occupancy, environment: stored.environment, isLedgerNew: stored.isLedgerNew)
  }
}

public struct EngineAvailability: Hashable, Codable, Sendable {
  public var engine: EngineName
  public var answer: Answer
  /// What a complete answer could not tell.
  public var unreadable: [UnreadableRun]
  /// The definitions that it holds, and that were told.
  public var held: [HeldDefinition]

  public enum Answer: Hashable, Codable, Sendable {
    case complete(Revision)
    case unavailable(String)
  }

  public init(
    engine: EngineName, answer: Answer, unreadable: [UnreadableRun] = [], held: [HeldDefinition] = []
  ) {
    self.engine = engine
    self.answer = answer
    self.unreadable = unreadable
    self.held = held
  }

  /// Why nothing can be said of a pipeline; nil where the engine told all of it.
  public func silence(on pipeline: PipelineName) -> String? {
    switch answer {
    case .unavailable(let reason): reason
    case .complete: unreadable.first { $0.run.pipeline == pipeline }.map { "run \($0.run): \($0.reason)" }
    }
  }
}

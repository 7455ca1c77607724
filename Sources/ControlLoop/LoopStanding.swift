public import PipelineModel

/// How things stood for the pipelines of a goal when a plan was made for them.
public struct LoopStanding: Hashable, Codable, Sendable {
  /// One for every pipeline in scope, sorted by name.
  public var decisions: [Decision]
  /// The active runs of those pipelines, sorted.
  public var activeRuns: [RunID]
  /// Engines that could not be read, sorted by name.
  public var unavailable: [EngineAvailability]
  /// Runs that are there, and of which nothing could be read; sorted.
  public var unreadable: [RunID]
  /// Pipelines whose objects engines hold, where others may change them at any time; sorted.
  public var held: [PipelineName]
  /// Engines that could be read, sorted by name.
  public var answered: [EngineName]

  public init(
    decisions: [Decision], activeRuns: [RunID], unavailable: [EngineAvailability] = [], unreadable: [RunID] = [],
    held: [PipelineName] = [], answered: [EngineName] = []
  ) {
    self.decisions = decisions
    self.activeRuns = activeRuns
    self.unavailable = unavailable
    self.unreadable = unreadable
    self.held = held
    self.answered = answered
  }

  init(_ round: RoundPlan, _ engines: [EngineAvailability]) {
    let names = Set(round.plan.decisions.map(\.pipeline))
    self.init(
      decisions: round.plan.decisions,
      activeRuns: round.stored.runs.filter { $0.isActive && names.contains($0.id.pipeline) }.map(\.id).sorted(),
      unavailable: engines.filter(\.isUnavailable),
      unreadable: engines.flatMap(\.unreadable).map(\.run).filter { names.contains($0.pipeline) }.sorted(),
      held: round.stored.pipelines.filter { $0.isHeld && names.contains($0.name) }.map(\.name),
      answered: engines.filter { !$0.isUnavailable }.map(\.engine))
  }
}

extension PipelineRecord {
  fileprivate var isHeld: Bool { !isForgotten && applied.spec.work.isRemote }
}

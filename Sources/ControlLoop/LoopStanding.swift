public import PipelineModel

/// How things stood for the pipelines of a goal when a plan was made for them.
public struct LoopStanding: Hashable, Codable, Sendable {
  /// One for every pipeline in scope, sorted by name.
  public var decisions: [Decision]
  /// The active runs of those pipelines, sorted.
  public var activeRuns: [RunID]
  /// Those that were asked, sorted by name.
  public var engines: [EngineAvailability]
  /// Runs that are there, and of which nothing could be read; sorted.
  public var unreadable: [RunID]
  /// Pipelines whose objects engines hold, where others may change them at any time; sorted.
  public var held: [PipelineName]

  public init(
    decisions: [Decision], activeRuns: [RunID], engines: [EngineAvailability] = [], unreadable: [RunID] = [],
    held: [PipelineName] = []
  ) {
    self.decisions = decisions
    self.activeRuns = activeRuns
    self.engines = engines
    self.unreadable = unreadable
    self.held = held
  }

  /// - Parameter isOfAll: whether every pipeline was in scope: then the runs of those that were let go, and that get no decision, count too.
  init(_ round: RoundPlan, _ engines: [EngineAvailability], isOfAll: Bool) {
    let letGo = isOfAll ? round.stored.pipelines.filter(\.isForgotten).map(\.name) : []
    let names = Set(round.plan.decisions.map(\.pipeline)).union(letGo)
    self.init(
      decisions: round.plan.decisions,
      activeRuns: round.stored.runs.filter { $0.isActive && names.contains($0.id.pipeline) }.map(\.id).sorted(),
      engines: engines,
      unreadable: engines.flatMap(\.unreadable).map(\.run).filter { names.contains($0.pipeline) }.sorted(),
      held: round.stored.pipelines.filter { $0.isHeld && names.contains($0.name) }.map(\.name))
  }
}

extension PipelineRecord {
  fileprivate var isHeld: Bool { !isForgotten && applied.spec.work.isRemote }
}

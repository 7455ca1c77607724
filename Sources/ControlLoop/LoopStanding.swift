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

  public init(
    decisions: [Decision], activeRuns: [RunID], unavailable: [EngineAvailability] = [], unreadable: [RunID] = []
  ) {
    self.decisions = decisions
    self.activeRuns = activeRuns
    self.unavailable = unavailable
    self.unreadable = unreadable
  }

  /// - Parameter isOfAll: whether every pipeline was in scope: then the runs of those that were let go, and that get no decision, count too.
  init(_ round: RoundPlan, _ engines: [EngineAvailability], isOfAll: Bool) {
    let letGo = isOfAll ? round.stored.pipelines.filter(\.isForgotten).map(\.name) : []
    let names = Set(round.plan.decisions.map(\.pipeline)).union(letGo)
    self.init(
      decisions: round.plan.decisions,
      activeRuns: round.stored.runs.filter { $0.isActive && names.contains($0.id.pipeline) }.map(\.id).sorted(),
      unavailable: engines.filter(\.isUnavailable),
      unreadable: engines.flatMap(\.unreadable).map(\.run).filter { names.contains($0.pipeline) }.sorted())
  }
}

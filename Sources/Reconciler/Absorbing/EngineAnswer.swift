public import PipelineModel

/// One engine's observation.
public struct EngineAnswer: Hashable, Sendable {
  public var engine: EngineName
  public var observation: EngineObservation
  public var held: [HeldDefinition]

  public init(engine: EngineName, observation: EngineObservation, held: [HeldDefinition] = []) {
    self.engine = engine
    self.observation = observation
    self.held = held
  }

  /// The same, as far as those pipelines are concerned: of the others nothing is known here, so nothing follows.
  public func limited(to pipelines: Set<PipelineName>) -> EngineAnswer {
    guard case .complete(let revision, let at, let runs, let unreadable) = observation else { return self }
    return EngineAnswer(
      engine: engine,
      observation: .complete(
        revision, at: at, runs: runs.filter { pipelines.contains($0.run.pipeline) },
        unreadable: unreadable.filter { pipelines.contains($0.run.pipeline) }),
      held: held)
  }
}

public import PipelineModel

/// One engine's observation.
public struct EngineAnswer: Hashable, Sendable {
  public var engine: EngineName
  public var observation: EngineObservation

  public init(engine: EngineName, observation: EngineObservation) {
    self.engine = engine
    self.observation = observation
  }
}

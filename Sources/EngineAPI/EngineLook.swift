public import PipelineModel

/// What one look at an engine tells: its runs, and the definitions that it holds.
public struct EngineLook: Hashable, Sendable {
  public var observation: EngineObservation
  /// Empty where the engine holds none, or could not be read.
  public var held: [HeldDefinition]

  public init(_ observation: EngineObservation, held: [HeldDefinition] = []) {
    self.observation = observation
    self.held = held.sorted { $0.id < $1.id }
  }
}

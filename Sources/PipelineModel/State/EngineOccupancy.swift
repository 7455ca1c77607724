/// How many runs of an engine are active besides those that are listed.
public struct EngineOccupancy: Hashable, Codable, Sendable {
  public var engine: EngineName
  public var runs: Int

  public init(engine: EngineName, runs: Int) {
    self.engine = engine
    self.runs = runs
  }
}

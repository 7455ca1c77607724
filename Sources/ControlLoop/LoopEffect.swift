public import PipelineModel
public import StoreAPI

/// What the loop asks of the world; between any two of them the process may die.
public enum LoopEffect: Hashable, Sendable {
  /// Answered with `locked`, `lockRefused` or `storeFailed`.
  case lock
  case unlock
  /// Answered with `loaded` or `storeFailed`.
  case load(LoopQuery)
  /// Answered with `observed`: one answer an engine, unavailable ones included.
  case observe([EngineName])
  /// Answered with `committed` or `storeFailed`.
  case commit([StateChange])
  /// Answered with `answered`, or `storeFailed` where what a run begins with could not be read.
  case execute(Operation)
  /// Answered with `retired`.
  case retire(RunID, EngineName)
  /// Answered with `woke` or `interrupted`.
  case wait(runs: [RunID], until: Timestamp?)
  case report(LoopReport)
  /// The last effect.
  case finish(LoopResult)
}

/// Which records the loop needs.
public struct LoopQuery: Hashable, Sendable {
  public var store: StoreQuery
  /// Pipelines of which all intents are wanted, settled ones included.
  public var intentsOf: [PipelineName]
  public var runs: [RunID]

  /// How far back a saved plan is looked for.
  static let intentLimit = 1000

  public init(store: StoreQuery, intentsOf: [PipelineName] = [], runs: [RunID] = []) {
    self.store = store
    self.intentsOf = intentsOf
    self.runs = runs
  }
}

public import PipelineModel

/// What observations change in the records.
public struct Absorption: Hashable, Sendable {
  /// One transaction; empty where nothing is new.
  public var changes: [StateChange]
  /// The records with these changes.
  public var stored: StoredState
  /// Ended runs of which everything is recorded once `changes` are committed, sorted.
  public var retire: [RetiredRun]
  /// Sorted by name.
  public var engines: [EngineAvailability]

  public struct RetiredRun: Hashable, Sendable {
    public var run: RunID
    public var engine: EngineName

    public init(run: RunID, engine: EngineName) {
      self.run = run
      self.engine = engine
    }
  }

  public init(
    changes: [StateChange], stored: StoredState, retire: [RetiredRun], engines: [EngineAvailability]
  ) {
    self.changes = changes
    self.stored = stored
    self.retire = retire
    self.engines = engines
  }
}

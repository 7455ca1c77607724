/// What of a pipeline's past is kept no longer.
public struct PastToDrop: Hashable, Sendable {
  public var pipeline: PipelineName
  /// Sorted.
  public var runs: [Run]
  public var intents: [OperationID]
  /// How many versions of its state, the oldest.
  public var states: Int
  /// The instants that name them.
  public var slots: [Timestamp]

  /// A run, and the engine that may still keep something of it.
  public struct Run: Hashable, Sendable {
    public var id: RunID
    public var engine: EngineName

    public init(id: RunID, engine: EngineName) {
      self.id = id
      self.engine = engine
    }
  }

  public init(
    pipeline: PipelineName, runs: [Run] = [], intents: [OperationID] = [], states: Int = 0, slots: [Timestamp] = []
  ) {
    self.pipeline = pipeline
    self.runs = runs
    self.intents = intents
    self.states = states
    self.slots = slots
  }

  public var isEmpty: Bool { runs.isEmpty && intents.isEmpty && states == 0 && slots.isEmpty }
}

public import PipelineModel

/// The memory of a state folder. One writer at a time, held by the controller's lock; reads take no lock.
public protocol ControlStore: Sendable {
  /// What the planner needs to know.
  func load(_ query: StoreQuery) throws(StoreError) -> StoredState

  /// Makes all changes or none, durably.
  func commit(_ changes: [StateChange]) throws(StoreError)

  /// What a run of the pipeline begins with.
  func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion?
  func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord?

  /// Newest first.
  func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord]
  func run(_ id: RunID) throws(StoreError) -> RunRecord?
  /// Newest first.
  func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion]
  /// Newest first.
  func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord]
  /// Newest first.
  func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord]
  /// Of all sources, newest first.
  func commits(limit: Int) throws(StoreError) -> [CommitRecord]
  /// Newest first, settled ones included.
  func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent]

  /// Names of recorded pipelines after that one, sorted; forgotten ones included.
  func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName]
  /// The oldest of what is recorded of a pipeline: no more than `window` runs, and twice as many intents and slots.
  func past(of pipeline: PipelineName, window: Int) throws(StoreError) -> PipelinePast
  /// Lets go of all that or, where it fails, of nothing. Never of the latest run or state, or of what is still open, whatever is asked.
  func drop(_ past: [PastToDrop]) throws(StoreError)
}

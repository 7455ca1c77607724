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
  /// Newest first, settled ones included.
  func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent]
}

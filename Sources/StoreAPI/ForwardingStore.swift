public import PipelineModel

/// A store over another one, which answers what is not answered here.
public protocol ForwardingStore: ControlStore {
  var store: any ControlStore { get }
}

extension ForwardingStore {
  public func load(_ query: StoreQuery) throws(StoreError) -> StoredState { try store.load(query) }
  public func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion? {
    try store.latestState(of: pipeline)
  }
  public func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord? {
    try store.catalog(of: pipeline)
  }
  public func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    try store.runs(of: pipeline, limit: limit)
  }
  public func run(_ id: RunID) throws(StoreError) -> RunRecord? { try store.run(id) }
  public func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion] {
    try store.states(of: pipeline, limit: limit)
  }
  public func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    try store.requests(of: pipeline, limit: limit)
  }
  public func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord] {
    try store.slots(of: pipeline, limit: limit)
  }
  public func commits(limit: Int) throws(StoreError) -> [CommitRecord] { try store.commits(limit: limit) }
  public func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent] {
    try store.intents(of: pipeline, limit: limit)
  }
  public func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName] {
    try store.pipelines(after: name, limit: limit)
  }
  public func past(of pipeline: PipelineName, window: Int) throws(StoreError) -> PipelinePast {
    try store.past(of: pipeline, window: window)
  }
  public func drop(_ past: [PastToDrop]) throws(StoreError) { try store.drop(past) }
}

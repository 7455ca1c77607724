import PipelineModel
import StoreAPI

/// A state folder's memory, as a controller has it that dies: from a call of an engine on nothing is recorded any more.
final class MortalStore: ControlStore {
  private let store: any ControlStore
  private let life: ControllerLife

  init(_ store: any ControlStore, life: ControllerLife) {
    self.store = store
    self.life = life
  }

  func commit(_ changes: [StateChange]) throws(StoreError) {
    guard life.goesOn else { throw StoreError(.failed, "the controller died") }
    try store.commit(changes)
  }

  func load(_ query: StoreQuery) throws(StoreError) -> StoredState { try store.load(query) }
  func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion? {
    try store.latestState(of: pipeline)
  }
  func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord? { try store.catalog(of: pipeline) }
  func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    try store.runs(of: pipeline, limit: limit)
  }
  func run(_ id: RunID) throws(StoreError) -> RunRecord? { try store.run(id) }
  func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion] {
    try store.states(of: pipeline, limit: limit)
  }
  func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    try store.requests(of: pipeline, limit: limit)
  }
  func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord] {
    try store.slots(of: pipeline, limit: limit)
  }
  func commits(limit: Int) throws(StoreError) -> [CommitRecord] { try store.commits(limit: limit) }
  func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent] {
    try store.intents(of: pipeline, limit: limit)
  }
  func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName] {
    try store.pipelines(after: name, limit: limit)
  }
  func past(of pipeline: PipelineName, window: Int) throws(StoreError) -> PipelinePast {
    try store.past(of: pipeline, window: window)
  }
  func drop(_ past: [PastToDrop]) throws(StoreError) { try store.drop(past) }
}

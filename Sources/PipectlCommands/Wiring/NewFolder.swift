import EngineAPI
import PipelineModel
import StoreAPI

/// The memory of a state folder in which nothing is recorded; commands that only read leave it so.
struct NewFolder: ControlStore {
  /// What is known all the same, from runs whose memory is lost.
  var found = StoredState()

  func load(_ query: StoreQuery) -> StoredState { found }
  func commit(_ changes: [StateChange]) throws(StoreError) {
    throw StoreError(.notWritable, "nothing is recorded in the state folder, and this command only reads")
  }
  func latestState(of pipeline: PipelineName) -> StateVersion? { nil }
  func catalog(of pipeline: PipelineName) -> CatalogRecord? { nil }
  func runs(of pipeline: PipelineName, limit: Int) -> [RunRecord] { found.runs(of: pipeline).reversed() }
  func run(_ id: RunID) -> RunRecord? { found.run(id) }
  func states(of pipeline: PipelineName, limit: Int) -> [StateVersion] { [] }
  func requests(of pipeline: PipelineName, limit: Int) -> [RequestRecord] { Array(found.requests(of: pipeline)) }
  func slots(of pipeline: PipelineName, limit: Int) -> [SlotRecord] { [] }
  func commits(limit: Int) -> [CommitRecord] { [] }
  func intents(of pipeline: PipelineName, limit: Int) -> [Intent] { [] }
  func pipelines(after name: PipelineName?, limit: Int) -> [PipelineName] { [] }
  func past(of pipeline: PipelineName, window: Int) -> PipelinePast { PipelinePast(pipeline: pipeline) }
  func drop(_ past: [PastToDrop]) {}
}

extension NewFolder: EngineMemory {
  func documents(of engine: EngineName) -> [EngineDocument] { [] }

  func change(_ key: String, of engine: EngineName, by change: (String?) -> String?) throws(EngineError) {
    throw EngineError(.unavailable, "nothing is recorded in the state folder, and this command only reads", .retryable)
  }
}

/// The embedded engine where there is no state folder yet: it has no runs.
struct IdleEngine: Engine {
  let name = EngineName.local

  func observe() async -> EngineObservation { .complete(Revision("none"), at: SystemClock().now(), runs: []) }
  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) { throw readOnly }
  func stop(_ order: StopOrder) async throws(EngineError) { throw readOnly }
  func retire(_ run: RunID) async throws(EngineError) {}

  private var readOnly: EngineError {
    EngineError(.refused, "nothing is recorded in the state folder, and this command only reads", .terminal)
  }
}

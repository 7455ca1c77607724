public import EngineAPI
public import PipelineModel
public import StoreAPI

extension ControlStore {
  /// What the loop asks for.
  public func records(_ query: LoopQuery) throws(StoreError) -> LoopRecords {
    var records = LoopRecords(stored: try load(query.store))
    for run in query.runs {
      if let record = try self.run(run) { records.runs.append(record) }
    }
    for pipeline in query.intentsOf {
      records.intents += try intents(of: pipeline, limit: LoopQuery.intentLimit)
    }
    return records
  }

  /// What a run of the pipeline begins with.
  public func basis(of pipeline: PipelineName) throws(StoreError) -> StartBasis {
    StartBasis(state: try latestState(of: pipeline)?.text, catalog: try catalog(of: pipeline)?.text)
  }
}

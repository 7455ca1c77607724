internal import PipelineModel

extension AbsorptionDraft {
  /// Records what follows from the end of a run: its catalog, the state of the history, and the results of requests that aimed at it.
  mutating func settle(_ record: RunRecord, _ outcome: RunOutcome, catalog: String?) {
    let end = RunEnd(record: record, outcome: outcome)
    if let pipeline = pipeline(record.id.pipeline) { settle(pipeline, end, catalog) }
    for request in state.requests(actingOn: record.id) {
      change(.putRequest(request.moved(to: .settled(end.result(of: request), at: now))))
    }
  }

  private mutating func settle(_ pipeline: PipelineRecord, _ end: RunEnd, _ catalog: String?) {
    if end.outcome.isGood, let catalog {
      let at = end.record.report.endedAt ?? now
      change(.putCatalog(CatalogRecord(pipeline: pipeline.name, run: end.record.id, at: at, text: catalog)))
    }
    let next = end.pipeline(pipeline)
    if next != pipeline { change(.putPipeline(next)) }
  }
}

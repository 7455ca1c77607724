internal import PipelineModel

extension AbsorptionDraft {
  /// Keeps what is seen of the objects that pipelines stand for, and the jobs that others have them run.
  ///
  /// An engine that tells of no object at all says nothing of any.
  mutating func note(_ held: [HeldDefinition], of engine: EngineName) {
    guard !held.isEmpty else { return }
    let definitions = Dictionary(held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for record in state.pipelines where !record.isForgotten && record.applied.spec.engine.name == engine {
      guard case .remote(let id) = record.applied.spec.work else { continue }
      let definition = definitions[id]
      if let run = definition?.lastForeignRun { note(run, of: record.name, engine) }
      guard var next = pipeline(record.name) else { continue }
      next.held = next.seeing(definition, id: id, at: now)
      if next.held != record.held { change(.putPipeline(next)) }
    }
  }

  /// Records a job that somebody else started, once; what ended before the latest run is known or was never ours to know.
  private mutating func note(_ run: ForeignRun, of name: PipelineName, _ engine: EngineName) {
    guard var pipeline = pipeline(name), pipeline.held?.definition.lastForeignRun != run,
      state.runs(of: name).allSatisfy({ $0.ended(before: run) })
    else { return }
    pipeline.lastRunNumber += 1
    let id = RunID(pipeline: name, number: pipeline.lastRunNumber)
    let order = StartOrder(
      run: id, trigger: .external, mode: pipeline.applied.spec.mode, generation: pipeline.generation,
      spec: pipeline.applied.spec, refreshSchema: false)
    let report = RunReport(run: id, status: .ended(run.outcome), startedAt: run.startedAt, endedAt: run.endedAt)
    change(.putPipeline(pipeline))
    change(
      .putRun(
        RunRecord(order: order, orderedAt: run.startedAt, report: report, observedAt: now, observedFrom: engine)))
  }
}

extension RunRecord {
  fileprivate func ended(before run: ForeignRun) -> Bool {
    guard !isActive, let end = report.endedAt else { return isActive }
    return end < run.endedAt && (report.startedAt ?? orderedAt) < run.startedAt
  }
}

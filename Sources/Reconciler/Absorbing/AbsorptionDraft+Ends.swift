internal import PipelineModel

extension AbsorptionDraft {
  /// Records what follows from the end of a run: its catalog, the state of the history, and the results of requests that aimed at it.
  mutating func settle(_ record: RunRecord, _ outcome: RunOutcome, catalog: String?) {
    let end = RunEnd(record: record, outcome: outcome)
    if let pipeline = pipeline(record.id.pipeline) { settle(pipeline, end, catalog) }
    if outcome == .cancelled { cancelWaitingSlots(with: record) }
    for request in state.requests(actingOn: record.id) {
      change(.putRequest(request.moved(to: .settled(end.result(of: request), at: now))))
    }
  }

  /// What queued up behind a cancelled run is cancelled with it; the schedule stays as it is. A run that was cancelled to make room
  /// for a slot leaves that slot its place.
  private mutating func cancelWaitingSlots(with record: RunRecord) {
    let isAsked = state.requests(actingOn: record.id).contains { $0.job.action == .cancel }
    guard isAsked || !record.makesRoom(in: pipeline(record.id.pipeline)) else { return }
    for change in state.schedule(of: record.id.pipeline)?.givingUp(.cancelled(with: record.id), at: now) ?? [] {
      self.change(change)
    }
  }

  private mutating func settle(_ pipeline: PipelineRecord, _ end: RunEnd, _ catalog: String?) {
    if end.outcome.isGood, let catalog {
      let at = end.record.report.endedAt ?? now
      change(.putCatalog(CatalogRecord(pipeline: pipeline.name, run: end.record.id, at: at, text: catalog)))
    }
    let next = end.pipeline(pipeline).paused(after: end, at: now)
    if next != pipeline { change(.putPipeline(next)) }
  }
}

extension RunRecord {
  /// Whether the schedule cancels what runs when a slot comes.
  fileprivate func makesRoom(in pipeline: PipelineRecord?) -> Bool {
    guard case .slots(let schedule) = pipeline?.applied.spec.schedule else { return false }
    return schedule.overlap == .cancelRunning
  }
}

extension PipelineRecord {
  /// Paused where its run was ended for moving nothing, and that asks for a pause; one by command that has no end stays as it is.
  fileprivate func paused(after end: RunEnd, at now: Timestamp) -> PipelineRecord {
    let limits = end.record.order.spec.limits
    guard case .failed(let failure) = end.outcome, failure.code == .noProgress, limits.noProgressAction == .pause
    else { return self }
    if let override, override.isPaused, override.until == nil { return self }
    var paused = self
    paused.override = PauseOverride(
      isPaused: true, reason: "\(end.record.id) moved nothing for too long (`limits.noProgress`)", by: "pipectl",
      since: end.record.report.endedAt ?? now, until: nil)
    return paused
  }
}

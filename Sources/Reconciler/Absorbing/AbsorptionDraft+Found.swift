internal import PipelineModel

extension AbsorptionDraft {
  /// Whether the records never had the run, or have lost it. What the embedded engine has under way is there, whatever an older memory says of
  /// its number, and of its pipeline.
  func isNews(_ report: RunReport, from engine: EngineName) -> Bool {
    guard let pipeline = pipeline(report.run.pipeline) else { return engine == .local }
    if report.run.number > pipeline.lastRunNumber || isAwaited(report.run) { return true }
    return engine == .local && !report.status.isEnded
  }

  /// Whether a stop took that number for whatever ran.
  private func isAwaited(_ run: RunID) -> Bool {
    state.requests(actingOn: run).contains { $0.job.action == .cancel }
  }

  /// The record of a run that an engine has and the memory does not know, with all else that its order tells: its number is taken, and the
  /// request that it was started for was acted on, or the slot has run.
  mutating func found(_ order: StartOrder, _ report: RunReport, engine: EngineName, at: Timestamp) -> RunRecord {
    let known = pipeline(order.run.pipeline)
    var pipeline = known ?? PipelineRecord(leftBehindWith: order, at: at)
    pipeline.lastRunNumber = max(pipeline.lastRunNumber, order.run.number)
    if pipeline != known { change(.putPipeline(pipeline)) }
    if let request = request(behind: order) { change(.putRequest(request)) }
    let orderedAt = report.startedAt ?? at
    for taken in slot(behind: order, of: pipeline, orderedAt: orderedAt) { change(taken) }
    let blank = RunReport(run: order.run, status: .starting)
    return RunRecord(order: order, orderedAt: orderedAt, report: blank, observedAt: at, observedFrom: engine)
  }

  /// Nothing where no slot started it. An older memory may have the slot wait, or ahead of it; those around it are settled in their turn.
  private func slot(behind order: StartOrder, of pipeline: PipelineRecord, orderedAt: Timestamp) -> [StateChange] {
    guard case .slot(let instant) = order.trigger else { return [] }
    let ran = SlotRecord(pipeline: pipeline.name, instant: instant, outcome: .ran(order.run), decidedAt: orderedAt)
    var progress =
      state.schedule(of: pipeline.name)
      ?? ScheduleProgress(pipeline: pipeline.name, settledUntil: pipeline.scheduledSince)
    progress.waiting.removeAll { $0 == instant }
    if instant > progress.settledUntil { progress.ran = ((progress.ran ?? []) + [instant]).sorted() }
    return [.putSlot(ran), .putSchedule(progress)]
  }

  /// Nil where no request started it, and where the ledger tells of that already.
  private func request(behind order: StartOrder) -> RequestRecord? {
    guard case .request(let id) = order.trigger else { return nil }
    let record = state.request(RequestKey(order.run.pipeline, id)) ?? order.request(id, at: now)
    return record.isPending ? record.moved(to: .settled(.done(order.run), at: now)) : nil
  }
}

extension StartOrder {
  /// What is still known of the request: the manifest's own words, or what a command must have said.
  fileprivate func request(_ id: RequestID, at now: Timestamp) -> RequestRecord {
    let options = StartOptions(
      mode: mode == spec.mode ? nil : mode, dropDestinationFirst: dropDestinationFirst)
    let declared = spec.job.flatMap { $0.request == id ? $0 : nil }
    return RequestRecord(
      key: RequestKey(run.pipeline, id),
      job: declared ?? JobRequest(request: id, action: .start(options), reason: reason),
      origin: declared == nil ? .command(by: "somebody") : .manifest, recordedAt: now, state: .pending(behind: nil))
  }
}

extension PipelineRecord {
  /// A pipeline of which nothing is known but a run of it: nobody manages it until its manifest is applied again.
  fileprivate init(leftBehindWith order: StartOrder, at now: Timestamp) {
    let unknown = SourceSet.path("unknown: only a run of it was found")
    self.init(
      applied: DesiredPipeline(name: order.run.pipeline, spec: order.spec, sourceSet: unknown),
      generation: order.generation, lifecycle: .forgotten(at: now), createdAt: now, appliedAt: now,
      isHistoryPending: order.mode == .historical)
  }
}

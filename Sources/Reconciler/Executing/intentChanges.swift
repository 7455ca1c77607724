public import PipelineModel

/// The transaction that comes before execution (law 6).
///
/// Operations that call no engine are done with it; the others leave an open intent, consume their request and, for a start,
/// order their run.
public func intentChanges(for operations: [Operation], stored: StoredState, now: Timestamp) -> [StateChange] {
  var known = stored
  return operations.flatMap { operation -> [StateChange] in
    let changes: [StateChange]
    switch operation.effect {
    case .configure(let configuration):
      changes = [.putPipeline(configuration.applied(to: known.pipeline(operation.pipeline), at: now))]
    case .forget(let name): changes = forgetting(known.pipeline(name), known, at: now)
    case .write(let order): changes = keepingPause(before: order, of: operation.pipeline, in: known, at: now)
    case .settle(let request): changes = [.putRequest(request)]
    case .start(let order):
      changes =
        ordering(order, of: operation, in: known, now) + taking(order, known.schedule(of: operation.pipeline), now)
    case .stop(let order):
      changes = numbering(order.unseen, in: known) + consumed(operation, by: order.run, in: known, now)
    }
    known.apply(changes)
    let state: IntentState = operation.effect.callsEngine ? .open : .settled(.done, at: now)
    return [.putIntent(Intent(operation: operation, recordedAt: now, state: state))] + changes
  }
}

/// A run in progress goes on, and what has not begun never will: nobody is left to begin it.
private func forgetting(_ record: PipelineRecord?, _ stored: StoredState, at now: Timestamp) -> [StateChange] {
  guard var record else { return [] }
  record.lifecycle = .forgotten(at: now)
  let isFateKnown = !stored.intents.contains { $0.operation.pipeline == record.name && $0.state.isOpen }
  let runs = stored.runs.filter { isFateKnown && $0.id.pipeline == record.name && $0.isActive && !$0.isUnderWay }
  let requests = stored.requests.filter { request in
    guard request.key.pipeline == record.name else { return false }
    return switch request.state {
    case .pending: true
    case .acting(let run): runs.contains { $0.id == run }
    case .settled: false
    }
  }
  return [.putPipeline(record)] + (stored.schedule(of: record.name)?.givingUp(.skipped(.unscheduled), at: now) ?? [])
    + runs.map { .putRun($0.givenUp(at: now)) }
    + requests.map { .putRequest($0.moved(to: .settled(.expired, at: now))) }
}

/// How the object is paused before a pause or resume by command is written over that, so that it goes back when that ends.
private func keepingPause(before order: SettingsOrder, of name: PipelineName, in stored: StoredState, at now: Timestamp)
  -> [StateChange]
{
  guard order.isPaused != nil, var record = stored.pipeline(name), record.isOverridden(at: now),
    var held = record.held, held.definition.id == order.id, held.pauseBefore == nil
  else { return [] }
  held.pauseBefore = held.definition.isPaused
  record.held = held
  return [.putPipeline(record)]
}

private func ordering(
  _ order: StartOrder, of operation: Operation, in stored: StoredState, _ now: Timestamp
) -> [StateChange] {
  var changes: [StateChange] = []
  if var pipeline = stored.pipeline(operation.pipeline), pipeline.lastRunNumber < order.run.number {
    pipeline.lastRunNumber = order.run.number
    changes.append(.putPipeline(pipeline))
  }
  let known = stored.run(order.run)
  var report = known?.report ?? RunReport(run: order.run, status: .starting)
  report.status = .starting
  report.attempt = order.attempt
  changes.append(
    .putRun(
      RunRecord(
        order: order, orderedAt: known?.orderedAt ?? now, report: report, observedAt: now,
        observedFrom: order.spec.engine.name)))
  return changes + consumed(operation, by: order.run, in: stored, now)
}

/// The number of a run that nobody has seen is taken, so that no other run gets it; it is on record when something is known of it.
private func numbering(_ unseen: UnseenRun?, in stored: StoredState) -> [StateChange] {
  guard let run = unseen?.order.run, var pipeline = stored.pipeline(run.pipeline), pipeline.lastRunNumber < run.number
  else { return [] }
  pipeline.lastRunNumber = run.number
  return [.putPipeline(pipeline)]
}

/// The slot that a run is for has its outcome with the intent to start it, and waits no longer.
private func taking(_ order: StartOrder, _ progress: ScheduleProgress?, _ now: Timestamp) -> [StateChange] {
  guard case .slot(let instant) = order.trigger, var progress, progress.waiting.contains(instant) else { return [] }
  progress.waiting.removeAll { $0 == instant }
  return [
    .putSlot(
      SlotRecord(pipeline: order.run.pipeline, instant: instant, outcome: .ran(order.run), decidedAt: now)),
    .putSchedule(progress),
  ]
}

/// The request of an operation, as consumed by it; one that only has another run replaced stays pending.
private func consumed(
  _ operation: Operation, by run: RunID, in stored: StoredState, _ now: Timestamp
) -> [StateChange] {
  guard let id = operation.request else { return [] }
  let key = RequestKey(operation.pipeline, id)
  let known = stored.request(key) ?? manifestRequest(key, of: stored.pipeline(operation.pipeline), now)
  guard let request = known else { return [] }
  switch (request.job.action, operation.effect) {
  case (.start, .stop): return []
  case (.start, _), (.cancel, _), (.complete, _): return [.putRequest(request.moved(to: .acting(run)))]
  }
}

/// A manifest's request that is acted on as soon as it is seen has no row in the ledger yet.
private func manifestRequest(_ key: RequestKey, of record: PipelineRecord?, _ now: Timestamp) -> RequestRecord? {
  guard let job = record?.applied.spec.job, job.request == key.request else { return nil }
  return RequestRecord(key: key, job: job, origin: .manifest, recordedAt: now, state: .pending(behind: nil))
}

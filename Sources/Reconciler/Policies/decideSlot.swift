internal import PipelineModel

/// Starts the slot whose turn it is, or says what it waits for.
func decideSlot(
  _ slots: SettledSlots, _ situation: Situation, record: PipelineRecord, capacity: inout Capacity
) -> Outcome {
  guard let instant = slots.progress.waiting.first, case .slots(let schedule) = record.applied.spec.schedule else {
    return .nothing
  }
  let deadline = instant + schedule.startDeadline + TimeSpan(milliseconds: 1)
  // The plan at hand may be what pauses it, or brings its deadline forward: the next one gives the slot up.
  guard record.pause(at: situation.now) == nil, situation.now < deadline else { return .nothing }
  if let run = situation.activeRun {
    return decideSlot(instant, behind: run, schedule.overlap, situation, until: deadline)
  }
  let engine = record.applied.spec.engine
  if let reason = situation.unavailability(of: engine.name) {
    return .waiting(.engineUnavailable(engine.name, reason), until: deadline)
  }
  if let full = capacity.take(of: engine) { return .waiting(full, until: deadline) }
  let order = StartOrder(
    run: RunID(pipeline: record.name, number: record.lastRunNumber + 1), trigger: .slot(instant), StartOptions(), record
  )
  return .doing([
    startOperation(order, afterGeneration: situation.record?.generation ?? 0, reason: "slot \(instant)")
  ])
}

/// A slot behind a run waits; `cancel-running` cancels what runs first.
private func decideSlot(
  _ instant: Timestamp, behind run: RunRecord, _ overlap: OverlapPolicy, _ situation: Situation,
  until deadline: Timestamp
) -> Outcome {
  let waiting = Outcome.waiting(.slotWaiting(instant, behind: run.id), until: deadline)
  guard overlap == .cancelRunning, run.report.status.takesCancel,
    situation.unavailability(of: run.order.spec.engine.name) == nil
  else { return waiting }
  return .doing([
    Operation(
      id: OperationID("cancel:\(run.id)"), pipeline: run.id.pipeline,
      effect: .stop(StopOrder(run: run.id, kind: .cancel, request: nil, reason: "slot \(instant) takes its place")),
      dataEffect: .cancelsRun, preconditions: [.activeRun(run.id)],
      reason: "slot \(instant) cancels what runs (`overlap: cancel-running`)")
  ])
}

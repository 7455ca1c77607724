internal import PipelineModel

/// Decides what is started and stopped: the newest request first, then runs that were ordered and never began.
///
/// - Parameter slots: absent where nobody starts slots.
func decideWork(
  _ situation: Situation, record: PipelineRecord?, slots: SettledSlots?, capacity: inout Capacity
) -> Outcome {
  guard let record else { return .nothing }
  var outcome = supersededAndExpired(situation)
  if let reuse = situation.reuse { outcome.warnings.append(reuse) }
  if let intent = situation.openIntent {
    return outcome.followed(by: waiting(for: intent, situation))
  }
  let stops = decideStopsUnderWay(situation)
  guard stops.operations.isEmpty else { return outcome.followed(by: stops) }
  guard let request = situation.currentRequest, request.state.result == nil, !request.isConsumed,
    !situation.isExpired(request)
  else {
    return outcome.followed(by: decideRuns(situation, record: record, slots: slots, capacity: &capacity))
  }
  let decided = decideRequest(request, situation, record: record, capacity: &capacity)
  guard decided.operations.isEmpty else { return outcome.followed(by: decided) }
  // Whoever waits behind a run that has yet to begin, or to be tried again, waits in vain unless that goes on.
  return outcome.followed(by: decideRuns(situation, record: record, slots: slots, capacity: &capacity))
    .followed(by: decided.pendingUntil(request.deadline))
}

/// The run that goes on, then the slot whose turn it is.
private func decideRuns(
  _ situation: Situation, record: PipelineRecord, slots: SettledSlots?, capacity: inout Capacity
) -> Outcome {
  let unstarted = decideUnstartedRun(situation, record)
  guard let slots, unstarted.operations.isEmpty else { return unstarted }
  return unstarted.followed(by: decideSlot(slots, situation, record: record, capacity: &capacity))
}

/// An intent without a settled outcome is read back before anything else is done to its pipeline (law 6).
private func waiting(for intent: Intent, _ situation: Situation) -> Outcome {
  let waiting = Outcome.waiting(.intentOpen(intent.id))
  guard let request = situation.currentRequest, !situation.isExpired(request) else { return waiting }
  let pending = request.moved(to: .pending(behind: request.target ?? situation.activeRun?.id))
  let note = situation.isNew(request) ? [StateChange.putRequest(pending)] : []
  return .waiting(.intentOpen(intent.id), noting: note, until: request.deadline)
}

/// Requests that a newer one replaces, and those whose time ran out.
private func supersededAndExpired(_ situation: Situation) -> Outcome {
  let current = situation.currentRequest
  let operations = situation.requests.compactMap { request -> Operation? in
    guard case .pending = request.state else { return nil }
    if situation.isExpired(request) { return settleOperation(request, as: .expired, at: situation.now) }
    guard let current, current.key != request.key else { return nil }
    return settleOperation(request, as: .superseded(by: current.key.request), at: situation.now)
  }
  return operations.isEmpty ? .nothing : .doing(operations)
}

/// A stop that a request consumed, and that the read-back proved not to have reached its run, is sent again; a cancel before a
/// complete.
private func decideStopsUnderWay(_ situation: Situation) -> Outcome {
  situation.activeRuns.lazy.map { decideStop(of: $0, situation) }.first { !$0.operations.isEmpty } ?? .nothing
}

private func decideStop(of run: RunRecord, _ situation: Situation) -> Outcome {
  guard !run.report.status.isUnconfirmed, situation.unavailability(of: run.order.spec.engine.name) == nil else {
    return .nothing
  }
  let stops = situation.requests.filter { request in
    guard let kind = request.job.action.stopKind else { return false }
    return request.state == .acting(run.id) && !run.report.status.isStopping(kind)
  }
  guard let request = stops.first(where: { $0.job.action == .cancel }) ?? stops.first,
    let kind = request.job.action.stopKind
  else { return .nothing }
  return .doing([stopOperation(run, kind: kind, request: request, reason: request.askedFor)])
}

/// A run that was ordered and never began, or whose supervisor was lost, is begun again under the same id.
///
/// What a slot asked for and what never began comes in time, or not at all: not after the slot's deadline, and not during a pause.
private func decideUnstartedRun(_ situation: Situation, _ record: PipelineRecord) -> Outcome {
  guard let run = situation.activeRun,
    situation.unavailability(of: run.order.spec.engine.name) == nil
  else { return .nothing }
  if let retryAt = run.retryAt {
    guard retryAt <= situation.now else { return .waiting(.runActive(run.id), until: retryAt) }
    if let other = situation.run(beside: run) { return .waiting(.runActive(other.id)) }
    let order = run.nextAttempt
    return .doing([startOperation(order, reason: "its supervisor was lost; attempt \(order.attempt)")])
  }
  guard run.report.status == .starting else { return .nothing }
  if let end = run.tooLate(for: record, at: situation.now) {
    let ended = StateChange.putRun(run.neverBegun(end, at: situation.now))
    return .waiting(.runActive(run.id), noting: [ended], until: situation.now + TimeSpan(milliseconds: 1))
  }
  if let other = situation.run(beside: run) { return .waiting(.runActive(other.id)) }
  return .doing([startOperation(run.order, reason: "it was ordered and had not begun")])
}

extension Situation {
  /// One that is active too: somebody else's, which ours begins after.
  fileprivate func run(beside run: RunRecord) -> RunRecord? { activeRuns.first { $0.id != run.id } }
}

extension RunRecord {
  /// How a slot's run ends that has not begun and is not to begin any more; nil where it still may.
  fileprivate func tooLate(for record: PipelineRecord, at now: Timestamp) -> RunOutcome? {
    guard case .slot(let instant) = order.trigger, !hasBegun, case .slots(let schedule) = order.spec.schedule else {
      return nil
    }
    if record.pause(at: now) != nil { return .cancelled }
    guard instant + schedule.startDeadline < now else { return nil }
    return .failed(Failure(.engineFailed, "the engine could not begin it before `startDeadline` was over"))
  }

  /// It goes on from what the run itself confirmed, which is neither stale nor to be dropped.
  fileprivate var nextAttempt: StartOrder {
    var next = order
    next.attempt = report.attempt + 1
    guard !report.confirmedStates.isEmpty else { return next }
    next.staleBookmarks = .streams([])
    next.dropDestinationFirst = false
    return next
  }
}

extension Outcome {
  fileprivate func pendingUntil(_ deadline: Timestamp?) -> Outcome {
    guard let deadline, operations.isEmpty else { return self }
    var outcome = self
    outcome.wakeAt.append(deadline)
    return outcome
  }
}

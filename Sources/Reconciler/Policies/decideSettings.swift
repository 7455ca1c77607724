internal import PipelineModel

/// Has what is declared of an object that an engine holds written there, where it differs: because the manifest changed, or because somebody
/// changed it at the engine. What is not declared stays as it is; what a pause or resume by command changed goes back when that is over.
///
/// An engine that could not be read, or that does not tell of the object, justifies nothing (law 7).
func decideSettings(_ situation: Situation, record: PipelineRecord?) -> Outcome {
  guard let record, case .remote(let id) = record.applied.spec.work, situation.openIntent == nil else {
    return .nothing
  }
  let engine = record.applied.spec.engine
  guard situation.unavailability(of: engine.name) == nil, let held = situation.held[engine.name]?[id],
    held.unread == nil
  else {
    return .nothing
  }
  if let refusal = record.held?.refusal, refusal.generation == record.generation, situation.now < refusal.ends {
    return Outcome(wakeAt: [refusal.ends])
  }
  var order = SettingsOrder(engine: engine, id: id)
  var changes: [FieldChange] = []
  if let schedule = record.applied.spec.schedule.declared, !held.schedule.keeps(schedule.cadence) {
    order.schedule = schedule
    changes.append(
      FieldChange(path: "remote.schedule", before: held.schedule.words, after: schedule.cadence.words))
  }
  if record.applied.spec.schedule == .none, held.schedule != .none {
    order.endsSchedule = true
    changes.append(FieldChange(path: "remote.schedule", before: held.schedule.words, after: nil))
  }
  // What a command changes is written once it is recorded what it was before.
  let isSeen = record.held?.definition.id == id || !record.isOverridden(at: situation.now)
  if isSeen, let isPaused = record.declaresPause(at: situation.now), isPaused != held.isPaused {
    order.isPaused = isPaused
    order.cancelsRun = isPaused && record.pause(at: situation.now)?.cancelsRun == true
    changes.append(FieldChange(path: "remote.paused", before: "\(held.isPaused)", after: "\(isPaused)"))
  }
  if let rules = record.applied.spec.selection, record.agrees(held, on: .streams, at: situation.now) == false {
    order.streams = rules
    changes.append(
      FieldChange(path: "remote.streams", before: held.words(for: .streams), after: listText(rules.map(\.name))))
  }
  guard !changes.isEmpty else { return .nothing }
  let generation = situation.record?.generation ?? 0
  let operation = Operation(
    id: OperationID("write-settings:\(record.name)@\(record.generation)"), pipeline: record.name, effect: .write(order),
    dataEffect: order.cancelsRun ? .cancelsRun : .none, preconditions: [.generation(generation)], changes: changes,
    reason: "\(id) on engine \(engine.name) \(difference(order, record, situation)); "
      + (order.cancelsRun
        ? "a run in progress is ended, and what it had staged and not loaded is thrown away"
        : "a run in progress goes on"))
  return .doing([operation])
}

/// How the object is not as it is to be.
private func difference(_ order: SettingsOrder, _ record: PipelineRecord, _ situation: Situation) -> String {
  let isTakenBack =
    order.isPaused != nil && record.applied.spec.paused == .unmanaged && !record.isOverridden(at: situation.now)
  return isTakenBack
    ? "is still as a pause or resume by command had it, which is over"
    : "is not as it is declared" + situation.driftWords
}

extension Situation {
  /// What of it somebody changed at the engine, and since when that is known.
  fileprivate var driftWords: String {
    guard let held = record?.held, let first = held.drift.map(\.seenAt).min() else { return "" }
    let fields = held.drift.map { "`\($0.field.rawValue)`" }.joined(separator: ", ")
    // What this very look is the first to see nobody has recorded yet, and a look that only reads never will.
    return ": somebody changed \(fields) there, "
      + (first == now ? "seen just now, and not recorded before" : "first seen \(first)")
  }
}

extension ScheduleSetting {
  fileprivate var declared: Schedule? {
    switch self {
    case .slots(let schedule): schedule
    case .unmanaged, .none: nil
    }
  }
}

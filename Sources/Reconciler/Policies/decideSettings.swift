internal import PipelineModel

/// Has what is declared of an object that an engine holds written there, where it differs: because the manifest changed, or because somebody
/// changed it at the engine. What is not declared stays as it is.
///
/// An engine that could not be read, or that does not tell of the object, justifies nothing (law 7).
func decideSettings(_ situation: Situation, record: PipelineRecord?) -> Outcome {
  guard let record, case .remote(let id) = record.applied.spec.work, situation.openIntent == nil else {
    return .nothing
  }
  let engine = record.applied.spec.engine
  guard situation.unavailability(of: engine.name) == nil, let held = situation.held[engine.name]?[id] else {
    return .nothing
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
  if let isPaused = record.declaresPause(at: situation.now), isPaused != held.isPaused {
    order.isPaused = isPaused
    order.cancelsRun = isPaused && record.pause(at: situation.now)?.cancelsRun == true
    changes.append(FieldChange(path: "remote.paused", before: "\(held.isPaused)", after: "\(isPaused)"))
  }
  guard !changes.isEmpty else { return .nothing }
  let generation = situation.record?.generation ?? 0
  let operation = Operation(
    id: OperationID("write-settings:\(record.name)@\(record.generation)"), pipeline: record.name, effect: .write(order),
    dataEffect: order.cancelsRun ? .cancelsRun : .none, preconditions: [.generation(generation)], changes: changes,
    reason: "\(id) on engine \(engine.name) is not as it is declared; "
      + (order.cancelsRun
        ? "a run in progress is ended, and what it had staged and not loaded is thrown away"
        : "a run in progress goes on"))
  return .doing([operation])
}

extension PipelineRecord {
  /// Whether the object is to be paused; absent where nobody says.
  fileprivate func declaresPause(at now: Timestamp) -> Bool? {
    let isOverridden = override.map { isInForce($0, at: now) } ?? false
    guard isOverridden || applied.spec.paused != .unmanaged else { return nil }
    return pause(at: now) != nil
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

extension HeldSchedule {
  fileprivate var words: String? {
    switch self {
    case .none: nil
    case .cadence(let cadence): cadence.words
    case .other(let text): text
    }
  }
}

extension Cadence {
  fileprivate var words: String {
    switch self {
    case .cron(let expression): "cron \(expression.text)"
    case .every(let span, let anchor): "every \(span)" + (anchor.map { " from \($0)" } ?? "")
    }
  }
}

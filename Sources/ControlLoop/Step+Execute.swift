import PipelineModel
import Reconciler

/// From intents to their settlement, one operation at a time.
extension LoopState {
  mutating func intentsRecorded(_ stored: StoredState, _ plan: Plan, _ engines: [EngineAvailability]) -> [LoopEffect] {
    progress.isSubmitted = true
    noteRequests(stored)
    guard !plan.operations.isEmpty else { return rest(stored, plan, engines) }
    progress.executed += plan.operations.filter { !$0.effect.callsEngine }.map { Execution($0, .done) }
    progress.watched.formUnion(plan.operations.compactMap(\.effect.run))
    progress.note(stored.runs)
    progress.executingSince = now
    return executeNext(stored, inTurn(plan.operations.filter(\.effect.callsEngine), stored)[...])
  }

  /// Where time is short those that take none come first.
  private func inTurn(_ operations: [Operation], _ stored: StoredState) -> [Operation] {
    guard goal.callsWithin != nil else { return operations }
    return operations.filter { !$0.effect.isFar(stored) } + operations.filter { $0.effect.isFar(stored) }
  }

  mutating func executeNext(_ stored: StoredState, _ left: ArraySlice<Operation>) -> [LoopEffect] {
    guard let operation = left.first else { return startRound() }
    if let limit = goal.callsWithin, operation.effect.isFar(stored), now - progress.executingSince > limit {
      return putOff(left, stored)
    }
    phase = .executing(stored: stored, left: left)
    return [.report(.executing(operation)), .execute(operation)]
  }

  /// Others are waiting: what is left was certainly not done, and is planned anew.
  private mutating func putOff(_ left: ArraySlice<Operation>, _ stored: StoredState) -> [LoopEffect] {
    let answer = OperationAnswer.unavailable("its turn did not come")
    var next = stored
    var changes: [StateChange] = []
    for operation in left {
      let settled = settlementChanges(for: operation, answer: answer, stored: next, now: now)
      next.apply(settled)
      changes += settled
    }
    guard !changes.isEmpty else { return startRound() }
    phase = .settling(stored: next, left: [])
    return [.commit(changes)]
  }

  mutating func answered(_ id: OperationID, _ answer: OperationAnswer, _ now: Timestamp) -> [LoopEffect] {
    guard case .executing(var stored, let left) = phase, let operation = left.first, operation.id == id else {
      return []
    }
    // The records are changed in place: as many answers as there are operations must not copy as many records each.
    phase = .idle
    self.now = now
    progress.noteAttempt(operation, at: now)
    progress.executed.append(Execution(operation, answer))
    let changes = settlementChanges(for: operation, answer: answer, stored: stored, now: now)
    stored.apply(changes)
    progress.note(changes)
    let report = LoopEffect.report(.executed(operation, answer))
    let rest = left.dropFirst()
    guard !changes.isEmpty else { return [report] + executeNext(stored, rest) }
    phase = .settling(stored: stored, left: rest)
    return [report, .commit(changes)]
  }
}

extension Effect {
  /// Whether an engine is called that is elsewhere.
  fileprivate func isFar(_ stored: StoredState) -> Bool {
    switch self {
    case .start(let order): order.spec.engine.name != .local
    case .stop(let order): order.engine(in: stored.run(order.run)) != .local
    case .write: true
    case .configure, .forget, .settle: false
    }
  }
}

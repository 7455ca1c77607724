import PipelineModel

/// What a saved plan comes to in the world as it is now.
enum SavedPlan {
  case alreadyApplied
  /// Its intents were recorded, all in one transaction, and some are not settled: what is recorded is carried on.
  case begun
  case outdated([FailedPrecondition])
  case ready([Operation])

  /// - Parameter intents: of the plan's pipelines, settled ones included.
  init(_ operations: [Operation], intents: [Intent], stored: StoredState) {
    let wanted = Set(operations.map(\.withoutRunNumber))
    let recorded = intents.filter { wanted.contains($0.operation.withoutRunNumber) }
    guard recorded.isEmpty, !operations.isEmpty else {
      self = recorded.allSatisfy(\.isOver) ? .alreadyApplied : .begun
      return
    }
    let failed = operations.flatMap { operation in
      operation.preconditions.filter { !$0.holds(for: operation.pipeline, in: stored) }
        .map { FailedPrecondition(operation: operation, precondition: $0) }
    }
    self = failed.isEmpty ? .ready(operations.map { $0.renumbered(in: stored) }) : .outdated(failed)
  }
}

extension Precondition {
  func holds(for pipeline: PipelineName, in stored: StoredState) -> Bool {
    let active = stored.runs.first { $0.id.pipeline == pipeline && $0.isActive }
    switch self {
    case .generation(let generation):
      return (stored.pipelines.first { $0.name == pipeline }?.generation ?? 0) == generation
    case .noActiveRun:
      return active == nil
    case .activeRun(let run):
      return active?.id == run
    case .requestUnsettled(let key):
      return stored.requests.first { $0.key == key }?.state.result == nil
    }
  }
}

extension Operation {
  /// Two starts that differ only in the number of their run are the same operation: counts are no preconditions.
  fileprivate var withoutRunNumber: Operation {
    guard case .start(let order) = effect else { return self }
    return starting(RunID(pipeline: order.run.pipeline, number: 0), order)
  }

  /// Other runs may have come since the plan was saved.
  fileprivate func renumbered(in stored: StoredState) -> Operation {
    guard case .start(let order) = effect, order.attempt == 1,
      let last = stored.pipelines.first(where: { $0.name == pipeline })?.lastRunNumber, last >= order.run.number,
      !stored.runs.contains(where: { $0.id == order.run && $0.isActive })
    else { return self }
    return starting(RunID(pipeline: pipeline, number: last + 1), order)
  }

  private func starting(_ run: RunID, _ order: StartOrder) -> Operation {
    var copy = self
    var renumbered = order
    renumbered.run = run
    copy.id = OperationID("start:\(run)")
    copy.effect = .start(renumbered)
    return copy
  }
}

extension Intent {
  fileprivate var isOver: Bool {
    switch state {
    case .settled(.done, _), .settled(.refused, _): true
    case .settled(.notExecuted, _), .open, .uncertain: false
    }
  }
}

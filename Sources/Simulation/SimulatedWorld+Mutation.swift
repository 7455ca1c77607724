import ControlLoop
import PipelineModel
import Reconciler

/// The planted faults, each in one place.
extension SimulatedWorld {
  func mutated(answer: OperationAnswer) -> OperationAnswer {
    switch (scenario.mutation, answer) {
    case (.uncertainTakenForRefused, .uncertain(let message)): .refused(message)
    case (.uncertainTakenForDone, .uncertain): .done
    default: answer
    }
  }

  func mutated(observation: EngineObservation) -> EngineObservation {
    guard scenario.mutation == .unreadableTakenForEmpty, case .unavailable(_, let at) = observation else {
      return observation
    }
    return .complete(Revision("none"), at: at, runs: [])
  }

  /// When a controller wants to be woken.
  func mutated(until: Timestamp?) -> Timestamp? {
    scenario.mutation == .slotsNeverDue ? until.map { $0 + TimeSpan(seconds: 600) } : until
  }

  func mutated(operation: Operation) -> Operation {
    guard scenario.mutation == .startedUnderAnotherName, case .start(var order) = operation.effect else {
      return operation
    }
    order.run = RunID(pipeline: order.run.pipeline, number: 1000 + effects)
    var copy = operation
    copy.effect = .start(order)
    return copy
  }

  func mutated(changes: [StateChange]) -> [StateChange] {
    changes.compactMap { change in
      switch (scenario.mutation, change) {
      case (.intentsNotRecorded, .putIntent), (.statesNotRecorded, .appendState): return nil
      case (.slotOutcomesNotRecorded, .putSlot), (.slotProgressNotRecorded, .putSchedule),
        (.commitsNotRecorded, .appendCommit):
        return nil
      case (.waitingSlotsForgotten, .putSchedule(var progress)):
        progress.waiting = []
        return .putSchedule(progress)
      case (.settlementsNotRecorded, .putIntent(let intent)) where !intent.state.isOpen: return nil
      case (.resultsForgotten, .putRequest(let request)) where request.state.result != nil: return nil
      case (.cancelledBeforeVerified, .putRun(var run)):
        if case .stopping = run.report.status { run.report.status = .ended(.cancelled) }
        return .putRun(run)
      case (.othersDropped, .putPipeline(var pipeline)):
        if case .orphaned = pipeline.lifecycle { pipeline.lifecycle = .forgotten(at: now) }
        return .putPipeline(pipeline)
      default: return change
      }
    }
  }
}

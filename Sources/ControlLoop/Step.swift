import PipelineModel
import Reconciler
import StoreAPI

/// One step of the loop: what happened in, what is to be done out. Total and pure.
///
/// At most one of the effects is answered by an event, and it is the last one.
public func step(_ state: LoopState, _ event: LoopEvent) -> (LoopState, [LoopEffect]) {
  var next = state
  let effects = next.hear(event)
  return (next, effects)
}

extension LoopState {
  /// The same, in place.
  package mutating func hear(_ event: LoopEvent) -> [LoopEffect] {
    switch event {
    case .begin(let goal, let now): begin(goal, now)
    case .locked(let now): locked(now)
    case .lockRefused(let holder): lockRefused(holder)
    case .loaded(let records, let now): loaded(records, now)
    case .observed(let answers, let now): observed(answers, now)
    case .committed(let now): committed(now)
    case .storeFailed(let error): storeFailed(error)
    case .answered(let operation, let answer, let now): answered(operation, answer, now)
    case .retired(let run): retired(run)
    case .woke(let now): woke(now)
    case .interrupted: interrupted()
    }
  }

  private mutating func begin(_ goal: LoopGoal, _ now: Timestamp) -> [LoopEffect] {
    guard case .idle = phase else { return [] }
    self.goal = goal
    self.now = now
    progress.keys = goal.requests
    phase = .locking
    return [.lock]
  }

  private mutating func locked(_ now: Timestamp) -> [LoopEffect] {
    guard case .locking = phase else { return [] }
    self.now = now
    return startRound()
  }

  private mutating func lockRefused(_ holder: String) -> [LoopEffect] {
    guard case .locking = phase else { return [] }
    phase = .finished
    return [.finish(progress.result(.lockHeld(by: holder)))]
  }

  private mutating func committed(_ now: Timestamp) -> [LoopEffect] {
    switch phase {
    case .recordingObservations(let observed):
      self.now = now
      return retireNext(observed)
    case .recordingIntents(let stored, let plan, let engines):
      self.now = now
      return intentsRecorded(stored, plan, engines)
    case .settling(let stored, let left):
      self.now = now
      return executeNext(stored, left)
    case .idle, .locking, .loading, .observing, .retiring, .executing, .waiting, .finished:
      return []
    }
  }

  private mutating func storeFailed(_ error: StoreError) -> [LoopEffect] {
    switch phase {
    case .locking:
      phase = .finished
      return [.finish(progress.result(.storeFailed(error)))]
    case .executing(_, let left) where goal.isLook:
      // What one run begins with cannot be read: it was certainly not begun, and others wait for their turn behind it.
      return left.first.map { answered($0.id, .unavailable(error.message), now) } ?? []
    case .loading, .observing, .recordingObservations, .retiring, .recordingIntents, .executing, .settling:
      return finish(.storeFailed(error))
    case .idle, .waiting, .finished:
      return []
    }
  }

  private mutating func retired(_ run: RunID) -> [LoopEffect] {
    guard case .retiring(var observed) = phase, observed.absorption.retire.first?.run == run else { return [] }
    phase = .idle
    observed.absorption.retire.removeFirst()
    return retireNext(observed)
  }

  private mutating func woke(_ now: Timestamp) -> [LoopEffect] {
    guard case .waiting = phase else { return [] }
    self.now = now
    phase = .locking
    return [.lock]
  }

  private mutating func interrupted() -> [LoopEffect] {
    switch phase {
    case .waiting:
      phase = .finished
      return [.finish(progress.result(.interrupted))]
    case .idle, .locking, .loading, .observing, .recordingObservations, .retiring, .recordingIntents, .executing,
      .settling:
      progress.isInterrupted = true
      return []
    case .finished:
      return []
    }
  }

  /// Ends a call that holds the lock.
  mutating func finish(_ outcome: LoopOutcome) -> [LoopEffect] {
    phase = .finished
    let isAlreadyApplied = outcome == .done && progress.isAlreadyApplied
    return [.unlock, .finish(progress.result(isAlreadyApplied ? .alreadyApplied : outcome))]
  }
}

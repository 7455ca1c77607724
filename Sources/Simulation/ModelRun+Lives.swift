import SeededRandom
import PipelineModel

/// How lives of runs are drawn.
extension SplitMix64 {
  /// What a new run, or a new attempt of one, is going to do if nobody stops it.
  mutating func life(of order: StartOrder, from start: Timestamp) -> [ModelRun.Moment] {
    if order.spec.work.commandJob != nil { return commandLife(of: order, from: start) }
    var now = start
    var moments: [ModelRun.Moment] = []
    if order.refreshSchema { moments.append(.init(at: now, step: .reach(.active(.discover)))) }
    now = now + TimeSpan(seconds: Int64(int(0...20)))
    let main: Stage = order.mode == .incremental ? .extract : .snapshot
    moments.append(.init(at: now, step: .reach(.active(main))))
    if order.mode == .continuous {
      now = now + TimeSpan(seconds: Int64(int(1...60)))
      moments.append(.init(at: now, step: .reach(.active(.cdc))))
    }
    for _ in 0..<int(0...4) {
      now = now + TimeSpan(seconds: Int64(int(1...40)))
      moments.append(.init(at: now, step: .confirm))
    }
    let rest = order.mode == .continuous ? int(60...900) : int(1...120)
    moments.append(.init(at: now + TimeSpan(seconds: Int64(rest)), step: .reach(.ended(end(of: order)))))
    return moments
  }

  /// A program runs, and ends; there is nothing to see in between.
  private mutating func commandLife(of order: StartOrder, from start: Timestamp) -> [ModelRun.Moment] {
    let rest = order.mode == .continuous ? int(60...900) : int(1...120)
    return [.init(at: start + TimeSpan(seconds: Int64(rest)), step: .reach(.ended(end(of: order))))]
  }

  private mutating func end(of order: StartOrder) -> RunOutcome {
    switch int(1...10) {
    case 1: .lost
    case 2, 3: .failed(Failure(.tapFailed, "the tap exited with 1"))
    default: order.mode == .continuous ? .failed(Failure(.targetFailed, "the target exited with 1")) : .succeeded
    }
  }

  /// How a run ends that was told to: the target drains, and it may take long to prove that nothing is left.
  mutating func stopped(_ kind: StopKind, since: Timestamp) -> [ModelRun.Moment] {
    var now = since
    let progress = { (step: StopStep) in RunStatus.stopping(StopProgress(kind: kind, step: step, since: since)) }
    var moments = [ModelRun.Moment(at: now, step: .reach(progress(.delivered)))]
    now = now + TimeSpan(seconds: Int64(int(0...30)))
    moments.append(.init(at: now, step: .reach(progress(.terminating))))
    if chance(50) { moments.append(.init(at: now, step: .confirm)) }
    if kind == .cancel && chance(20) {
      now = now + TimeSpan(seconds: Int64(int(1...60)))
      moments.append(.init(at: now, step: .reach(.unconfirmed(since: now))))
    }
    now = now + TimeSpan(seconds: Int64(int(0...60)))
    let end: RunOutcome = chance(8) ? .lost : kind == .cancel ? .cancelled : .completed
    moments.append(.init(at: now, step: .reach(.ended(end))))
    return moments
  }
}

import OrderedCollections
import PipelineModel
import Reconciler

/// What follows from a goal that is over.
extension ServeState {
  mutating func looked(_ result: LoopResult, _ now: Timestamp) -> [ServeEffect] {
    switch phase {
    case .looking(let names):
      note(result, scope: names, now)
      return [.report(.looked(scope: names?.count, result))] + goOn(now)
    case .applying(let reading, let wanted, let commit):
      let scope = (result.standing?.decisions ?? []).map(\.pipeline)
      note(result, scope: scope, now)
      return [.report(.looked(scope: scope.count, result))] + settle(reading, wanted, commit, result, now)
    case .idle, .recording, .tidying, .waiting, .finished:
      return []
    }
  }

  /// Keeps when to look again at each pipeline, and what is active.
  private mutating func note(_ result: LoopResult, scope: [PipelineName]?, _ now: Timestamp) {
    guard let standing = result.standing else { return retry(scope, now) }
    noteRuns(standing, ofAll: scope == nil)
    noteStarts(result.executed)
    for name in scope ?? Array(heldOff.keys) { heldOff[name] = nil }
    let again = result.outcome.pause.map { now + $0 }
    let faulty = Set(result.heldBack.compactMap(\.pipeline))
    let unreadable = Set(standing.unreadable.map(\.pipeline))
    let held = Set(standing.held)
    for decision in standing.decisions {
      noteRoom(decision)
      let isBlind = decision.reason.isWithoutAnswer || unreadable.contains(decision.pipeline)
      let blind = isBlind ? now + ServePace.unavailable : nil
      let elsewhere = held.contains(decision.pipeline) ? now + ServePace.elsewhere : nil
      due[decision.pipeline] =
        faulty.contains(decision.pipeline)
        ? now + ServePace.faulty : [decision.wakeAt, again, blind, elsewhere].compactMap { $0 }.min()
    }
    holdOff(faulty, until: now + ServePace.faulty)
    if case .storeFailed = result.outcome { holdOff(scope ?? Array(active.keys), until: now + ServePace.retry) }
    let acted = Set((result.firstPlan?.operations ?? []).map(\.pipeline)).subtracting(faulty)
    goOnWith(acted, among: standing, now)
  }

  /// It came to no plan: the same pipelines are looked at again, in a while.
  private mutating func retry(_ scope: [PipelineName]?, _ now: Timestamp) {
    let again = now + ServePace.retry
    holdOff(scope ?? Array(active.keys), until: again)
    guard let scope else {
      resyncAt = again
      return
    }
    for name in scope { due[name] = again }
  }

  /// Nothing that is told of their runs has them looked at before.
  private mutating func holdOff(_ names: some Sequence<PipelineName>, until instant: Timestamp) {
    for name in names where active[name] != nil { heldOff[name] = instant }
  }

  /// What was done is looked at again at once, until nothing is left to do; not for ever without a pause.
  private mutating func goOnWith(_ acted: Set<PipelineName>, among standing: LoopStanding, _ now: Timestamp) {
    for decision in standing.decisions where !acted.contains(decision.pipeline) { rounds[decision.pipeline] = nil }
    for name in acted {
      rounds[name, default: 0] += 1
      if rounds[name, default: 0] < ServePace.rounds {
        touched.append(name)
      } else {
        rounds[name] = nil
        due[name] = now + ServePace.retry
        holdOff([name], until: now + ServePace.retry)
      }
    }
  }

  private mutating func noteRuns(_ standing: LoopStanding, ofAll: Bool) {
    let runs = Dictionary(grouping: standing.activeRuns, by: \.pipeline)
    // A pipeline that was let go gets no decision, and its run goes on.
    let names = ofAll ? Set(active.keys).union(runs.keys) : Set(standing.decisions.map(\.pipeline))
    for name in names {
      let before = active[name] ?? []
      active[name] = runs[name]
      if before.contains(where: { !(runs[name] ?? []).contains($0) }) { hasRoom = true }
    }
  }

  /// What was started after it was looked at how things stand is active too, until the next look.
  private mutating func noteStarts(_ executed: [Execution]) {
    for case .start(let order) in executed.map(\.operation.effect) {
      let known = active[order.run.pipeline] ?? []
      if !known.contains(order.run) { active[order.run.pipeline] = known + [order.run] }
    }
  }

  private mutating func noteRoom(_ decision: Decision) {
    if decision.reason.isWithoutRoom {
      if !waitingForRoom.contains(decision.pipeline) { waitingForRoom.append(decision.pipeline) }
    } else {
      waitingForRoom.removeAll { $0 == decision.pipeline }
    }
  }
}

extension LoopOutcome {
  /// After how long all of it is looked at again in any case.
  fileprivate var pause: TimeSpan? {
    switch self {
    case .done: nil
    case .enginesUnavailable: ServePace.unavailable
    case .alreadyApplied, .savedPlanOutdated, .environmentMismatch, .notManaged, .lockHeld, .storeFailed, .pending,
      .interrupted, .consentNeeded, .followed, .notConverging, .lawBroken:
      ServePace.retry
    }
  }
}

extension Reason {
  /// Whether nobody could tell how its job is getting on.
  fileprivate var isWithoutAnswer: Bool {
    switch self {
    case .engineUnavailable, .runUnconfirmed: true
    case .changes, .upToDate, .paused, .runActive, .runStopping, .requestPending, .consentNeeded, .intentOpen,
      .orphaned,
      .ownedElsewhere,
      .engineAtCapacity, .controllerAtCapacity, .slotWaiting:
      false
    }
  }

  fileprivate var isWithoutRoom: Bool {
    switch self {
    case .engineAtCapacity, .controllerAtCapacity: true
    case .changes, .upToDate, .paused, .runActive, .runStopping, .runUnconfirmed, .requestPending, .consentNeeded,
      .engineUnavailable, .intentOpen, .orphaned, .ownedElsewhere, .slotWaiting:
      false
    }
  }
}

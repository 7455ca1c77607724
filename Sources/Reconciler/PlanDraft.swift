internal import PipelineModel

/// A plan while it is being made.
struct PlanDraft {
  var operations: [Operation] = []
  var decisions: [Decision] = []
  var bookkeeping: [StateChange] = []
  var warnings: [PlanWarning] = []
  var capacity: Capacity

  init(capacity: Capacity) {
    self.capacity = capacity
  }

  mutating func add(_ outcome: Outcome, nextSlot: Timestamp?, for situation: Situation) {
    operations += outcome.operations
    bookkeeping += outcome.bookkeeping
    warnings += outcome.warnings
    let wakes = outcome.wakeAt + situation.pauseEnds + [nextSlot, situation.nextLook].compactMap(\.self)
    let reason = outcome.reason ?? situation.standingReason
    decisions.append(
      Decision(
        pipeline: situation.name, reason: reason, nextSlot: nextSlot,
        wakeAt: wakes.filter { $0 > situation.now }.min()))
  }

  func plan(_ facts: Facts) -> Plan {
    Plan(
      basis: basis(facts), operations: operations, decisions: decisions.sorted { $0.pipeline < $1.pipeline },
      bookkeeping: bookkeeping, warnings: warnings, wakeAt: decisions.compactMap(\.wakeAt).min())
  }

  private func basis(_ facts: Facts) -> Plan.Basis {
    Plan.Basis(
      generations: facts.situations.map {
        Plan.GenerationBasis(pipeline: $0.name, generation: $0.record?.generation ?? 0)
      },
      revisions: facts.observed.engines.sorted { $0.engine < $1.engine }.map { availability in
        switch availability.answer {
        case .complete(let revision): Plan.RevisionBasis(engine: availability.engine, revision: revision)
        case .unavailable: Plan.RevisionBasis(engine: availability.engine, revision: nil)
        }
      })
  }
}

extension Situation {
  /// The reason where no policy has anything to say.
  fileprivate var standingReason: Reason {
    if let run = activeRun {
      switch run.report.status {
      case .unconfirmed: return .runUnconfirmed(run.id)
      case .stopping: return .runStopping(run.id)
      case .starting, .active, .backingOff, .ended: return .runActive(run.id)
      }
    }
    if case .orphaned(let since) = record?.lifecycle { return .orphaned(since: since) }
    if let pause = record?.pause(at: now) { return .paused(pause) }
    return .upToDate
  }

  /// Others may start runs on an engine that is not pipectl's own, and nobody tells of them: a controller that stays looks now and then.
  fileprivate var nextLook: Timestamp? {
    guard isUnattended, let record, !record.isForgotten, record.applied.spec.engine.name != .local else { return nil }
    return now + TimeSpan(seconds: 300)
  }

  /// When a pause or an override runs out by itself.
  fileprivate var pauseEnds: [Timestamp] {
    [record?.pause(at: now)?.until, record?.override?.until].compactMap { $0 }
  }
}

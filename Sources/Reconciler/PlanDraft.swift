internal import PipelineModel

/// A plan while it is being made.
struct PlanDraft {
  var operations: [Operation] = []
  var decisions: [Decision] = []
  var bookkeeping: [StateChange] = []
  var warnings: [PlanWarning] = []
  var capacity: Capacity
  /// Whether the decisions came sorted by name, as they do unless somebody waits.
  private var isInOrder = true

  init(of situations: Int, capacity: Capacity) {
    self.capacity = capacity
    decisions.reserveCapacity(situations)
  }

  mutating func add(_ outcome: Outcome, nextSlot: Timestamp?, for situation: Situation) {
    operations += outcome.operations
    bookkeeping += outcome.bookkeeping
    warnings += outcome.warnings
    isInOrder = isInOrder && decisions.last.map { $0.pipeline < situation.name } ?? true
    decisions.append(
      Decision(
        pipeline: situation.name, reason: outcome.reason ?? situation.standingReason, nextSlot: nextSlot,
        wakeAt: wake(outcome, nextSlot, situation)))
  }

  private func wake(_ outcome: Outcome, _ nextSlot: Timestamp?, _ situation: Situation) -> Timestamp? {
    let (now, record) = (situation.now, situation.record)
    var earliest: Timestamp?
    func consider(_ instant: Timestamp?) {
      guard let instant, instant > now else { return }
      earliest = min(instant, earliest ?? instant)
    }
    outcome.wakeAt.forEach(consider)
    consider(nextSlot)
    consider(situation.nextLook)
    // A pause or an override runs out by itself.
    consider(record?.pause(at: now)?.until)
    consider(record?.override?.until)
    return earliest
  }

  consuming func plan(_ facts: Facts) -> Plan {
    let wakeAt = decisions.lazy.compactMap(\.wakeAt).min()
    if !isInOrder { decisions.sort { $0.pipeline < $1.pipeline } }
    return Plan(
      basis: basis(facts), operations: operations, decisions: decisions, bookkeeping: bookkeeping, warnings: warnings,
      wakeAt: wakeAt)
  }

  private func basis(_ facts: Facts) -> Plan.Basis {
    Plan.Basis(
      generations: facts.situations.map {
        Plan.GenerationBasis(pipeline: $0.name, generation: $0.generation)
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
}

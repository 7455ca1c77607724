internal import PipelineModel

extension MigratorReceipt {
  /// The receipt of a start whose answer was lost, once the list was seen.
  func following(_ jobs: [MigratorJob], besides others: Set<String>, at now: Timestamp, _ patience: MigratorPatience)
    -> MigratorReceipt
  {
    guard isAwaitingJob else { return self }
    var next = self
    if let own = ownJob(in: jobs, besides: others) {
      next.job = Job(id: own.id, evidence: .inferred)
      return next.following(own, at: now, patience)
    }
    guard now - askedAt >= patience.start else { return self }
    next.end = End(outcome: .lost, at: now, conditions: [])
    return next
  }

  /// The receipt once its job was seen; nil where the instance does not know it.
  func following(_ found: MigratorJob?, at now: Timestamp, _ patience: MigratorPatience) -> MigratorReceipt {
    guard isOpen, job != nil else { return self }
    var next = self
    guard let found else {
      // It was taken, so it may have begun, and written something.
      next.snapshotAt = snapshotAt ?? askedAt
      next.end = End(outcome: .lost, at: now, conditions: [])
      return next
    }
    next.snapshotAt = snapshotAt ?? found.snapshotStartedAt ?? found.submittedAt ?? askedAt
    if order.mode == .continuous { next.changeCaptureAt = changeCaptureAt ?? found.changeCaptureStartedAt }
    switch next.standing(of: found) {
    case .active(.cdc): next.changeCaptureAt = next.changeCaptureAt ?? now
    case .active, .cleaningUp, .unclear: break
    case .ending(let kind): next.stop = Stop(kind: kind, askedAt: stop?.askedAt ?? now)
    case .unverified:
      let since = unverifiedAt ?? now
      next.unverifiedAt = since
      if now - since >= patience.verification {
        next.end = End(outcome: .succeeded, at: now, conditions: [.verificationUnconfirmed])
      }
    case .ended(let outcome, let conditions): next.end = End(outcome: outcome, at: now, conditions: conditions)
    }
    return next
  }

  func standing(of job: MigratorJob) -> MigratorStanding {
    job.standing(for: order, hasCaptured: changeCaptureAt != nil)
  }
}

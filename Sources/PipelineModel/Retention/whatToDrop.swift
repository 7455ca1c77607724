/// What of a pipeline's past is kept no longer.
///
/// Always kept: the latest run, the latest that ended well, active runs, runs that an open request speaks of, intents that are not settled
/// and those of runs that are kept, and the state that the next run begins with. Requests and catalogs are no part of it.
public func whatToDrop(_ past: PipelinePast, _ rules: Retention, now: Timestamp) -> PastToDrop {
  let runs = past.runsToDrop(rules, now)
  let dropped = Set(runs.map(\.id))
  return PastToDrop(
    pipeline: past.pipeline, runs: runs.map { PastToDrop.Run(id: $0.id, engine: $0.observedFrom) },
    intents: past.intentsToDrop(rules, now, besides: dropped),
    states: max(0, past.stateCount - max(1, rules.states)),
    slots: past.slotsToDrop(rules, now, besides: dropped))
}

extension PipelinePast {
  fileprivate func runsToDrop(_ rules: Retention, _ now: Timestamp) -> [RunRecord] {
    let surplus = runCount - max(1, rules.runs)
    return oldestRuns.enumerated().filter { position, run in
      guard position < runCount - 1, !run.isActive, run.id != lastGoodRun, !runsInQuestion.contains(run.id) else {
        return false
      }
      return position < surplus || run.isOld(rules, now)
    }.map(\.element)
  }

  fileprivate func intentsToDrop(
    _ rules: Retention, _ now: Timestamp, besides dropped: Set<RunID>
  ) -> [OperationID] {
    let surplus = intentCount - max(1, rules.runs)
    return oldestIntents.enumerated().filter { position, intent in
      guard !intent.state.isOpen else { return false }
      return goes(intent.run, with: dropped) ?? (position < surplus || intent.isOld(rules, now))
    }.map(\.element.id)
  }

  /// None is decided again: how far slots are decided is recorded apart.
  fileprivate func slotsToDrop(
    _ rules: Retention, _ now: Timestamp, besides dropped: Set<RunID>
  ) -> [Timestamp] {
    let surplus = slotCount - max(1, rules.runs)
    return oldestSlots.enumerated().filter { position, slot in
      goes(slot.run, with: dropped) ?? (position < surplus || slot.isOld(rules, now))
    }.map(\.element.instant)
  }

  /// What speaks of a run goes with it and stays with it; nil where there is no such run, and number and age decide as they do for runs.
  private func goes(_ run: RunID?, with dropped: Set<RunID>) -> Bool? {
    guard let run else { return nil }
    if dropped.contains(run) { return true }
    return isRecorded(run) ? false : nil
  }

  /// Also of a run that is newer than those at hand.
  private func isRecorded(_ run: RunID) -> Bool {
    if oldestRuns.contains(where: { $0.id == run }) { return true }
    guard let last = oldestRuns.last, oldestRuns.count < runCount else { return false }
    return run > last.id
  }
}

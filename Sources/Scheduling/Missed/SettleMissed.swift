public import PipelineModel

/// No more slots than this are settled one by one.
private let settlementLimit = 1000
/// No more slots than this are counted.
private let countLimit = 10_000

/// Settles the slots after `since` up to and including `now`, the latest ones one by one, at most 1,000.
///
/// A slot that is looked at within `punctuality` of its instant is not late, so `missed: skip` does not concern it. The caller goes on
/// with the first slot after `now`.
public func settleMissed(
  since: Timestamp, now: Timestamp, schedule: Schedule, zone: ZoneRules,
  punctuality: TimeSpan = TimeSpan(seconds: 0)
) -> MissedSlots {
  let sequence = SlotSequence(of: schedule, in: zone)
  var settlements: [SlotSettlement] = []
  var cursor = now
  while settlements.count < settlementLimit, let slot = sequence.previous(atOrBefore: cursor), slot.instant > since {
    let outcome = outcome(of: slot, laterSlots: settlements.count, now: now, schedule: schedule, punctuality)
    settlements.append(SlotSettlement(slot: slot, outcome: outcome))
    cursor = Timestamp(milliseconds: slot.instant.milliseconds - 1)
  }
  let isCut = settlements.count == settlementLimit
  let older = isCut ? count(sequence, after: since, through: cursor) : .exactly(0)
  return MissedSlots(settlements: settlements.reversed(), older: older)
}

private func outcome(
  of slot: Slot, laterSlots: Int, now: Timestamp, schedule: Schedule, _ punctuality: TimeSpan
) -> SlotSettlement.Outcome {
  let allowed: Int
  switch schedule.missed {
  case .skip where slot.instant + punctuality < now: return .skipped(.policy)
  case .skip, .runOnce: allowed = 1
  case .runAll(let limit): allowed = limit
  }
  if laterSlots >= allowed { return .skipped(.superseded) }
  return slot.instant + schedule.startDeadline < now ? .missed(.deadlinePassed) : .run
}

private func count(
  _ sequence: SlotSequence, after since: Timestamp, through end: Timestamp
) -> MissedSlots.SlotCount {
  var count = 0
  var cursor = end
  while let slot = sequence.previous(atOrBefore: cursor), slot.instant > since {
    guard count < countLimit else { return .atLeast(count) }
    count += 1
    cursor = Timestamp(milliseconds: slot.instant.milliseconds - 1)
  }
  return .exactly(count)
}

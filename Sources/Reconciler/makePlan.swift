public import PipelineModel

/// Compares what is wanted with what is known, and says what would be done and why.
///
/// Total, synchronous, deterministic: the same arguments give the same plan, byte for byte, in every process (law 11).
/// Classify, decide, order; one policy a file.
///
/// - Parameters:
///   - scope: the pipelines that get a decision; absent: every recorded and every desired one.
///   - openIntents: intents without a settled outcome; nothing else is done to their pipelines.
///   - ledger: the requests that are not settled, and those that the manifests name.
///   - firesSlots: whether slots are settled and started, which only a controller does that stays.
///   - maxConcurrentRuns: of all engines together; absent: only the engines' own bounds hold.
///   - isUnattended: whether nobody can be asked, so that requests which nobody agreed to wait for somebody who does.
public func makePlan(
  scope: [PipelineName]?, desired: DesiredState, observed: ObservedState, openIntents: [Intent],
  ledger: [RequestRecord], firesSlots: Bool = false, maxConcurrentRuns: Int? = nil,
  isUnattended: Bool = false, now: Timestamp
) -> Plan {
  let facts = Facts(
    scope: scope, desired: desired, observed: observed, openIntents: openIntents, ledger: ledger,
    firesSlots: firesSlots, isUnattended: isUnattended, now: now)
  let removal = decideRemoval(facts)
  var draft = PlanDraft(of: facts.situations.count, capacity: Capacity(facts, limit: maxConcurrentRuns))
  for situation in facts.inTurn {
    decide(situation, removal: removal, firesSlots: firesSlots, into: &draft)
  }
  draft.warnings += removal.warnings + warnings(about: facts, operations: draft.operations)
  return draft.plan(facts)
}

extension Facts {
  /// Whoever has waited longest for a run comes first, so that nobody waits for ever; then by name.
  fileprivate var inTurn: [Situation] {
    let waiting = situations.filter { $0.waitsSince != nil }
    guard !waiting.isEmpty else { return situations }
    let sorted = waiting.sorted { ($0.waitsSince ?? now, $0.name) < ($1.waitsSince ?? now, $1.name) }
    return sorted + situations.filter { $0.waitsSince == nil }
  }
}

/// Decides one pipeline: removal, then configuration, then its slots, then requests and runs.
private func decide(_ situation: Situation, removal: Removal, firesSlots: Bool, into draft: inout PlanDraft) {
  let removed = removal.outcome(of: situation.name) ?? .nothing
  guard removed.operations.isEmpty else {
    let settled = Outcome(bookkeeping: ownSlots(situation)?.bookkeeping ?? [])
    return draft.add(settled.followed(by: removed), nextSlot: nil, for: situation)
  }
  let configured = decideConfiguration(situation)
  let slots = settledSlots(situation, configured, firesSlots: firesSlots)
  let settings = configured.allowsWork ? decideSettings(situation, record: configured.record) : .nothing
  let work = workOutcome(situation, configured, slots: firesSlots ? slots : nil, capacity: &draft.capacity)
  let settled = Outcome(bookkeeping: slots?.bookkeeping ?? [])
  let slot = situation.nextSlot(of: configured.record)
  draft.add(
    removed.followed(by: configured.outcome).followed(by: settled).followed(by: settings).followed(by: work),
    nextSlot: slot, for: situation)
}

/// Of a pipeline that was let go a run may go on: that can be stopped, and nothing else is done for it any more.
private func workOutcome(
  _ situation: Situation, _ configured: Configured, slots: SettledSlots?, capacity: inout Capacity
) -> Outcome {
  if configured.allowsWork {
    return decideWork(situation, record: configured.record, slots: slots, capacity: &capacity)
  }
  guard situation.isLetGo, situation.hasOpenStop else { return .nothing }
  return decideWork(situation, record: situation.record, slots: nil, capacity: &capacity)
}

/// An engine that holds the schedule starts its runs itself: those slots are nobody's here.
private func ownSlots(_ situation: Situation) -> SettledSlots? {
  guard let record = situation.record, !record.applied.spec.work.isRemote else { return nil }
  return SettledSlots(situation, record)
}

/// A controller settles slots as they come; anybody else only those of a schedule that is about to be changed.
private func settledSlots(_ situation: Situation, _ configured: Configured, firesSlots: Bool) -> SettledSlots? {
  guard let record = situation.record else { return nil }
  let isRescheduled = configured.record.map { $0.applied.spec.schedule != record.applied.spec.schedule } ?? false
  guard firesSlots && configured.allowsWork || isRescheduled else { return nil }
  return ownSlots(situation)
}

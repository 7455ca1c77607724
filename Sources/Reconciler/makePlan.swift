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
public func makePlan(
  scope: [PipelineName]?, desired: DesiredState, observed: ObservedState, openIntents: [Intent],
  ledger: [RequestRecord],
  now: Timestamp
) -> Plan {
  let facts = Facts(
    scope: scope, desired: desired, observed: observed, openIntents: openIntents, ledger: ledger, now: now)
  let removal = decideRemoval(facts)
  var draft = PlanDraft(capacity: Capacity(facts))
  for situation in facts.situations {
    decide(situation, removal: removal, into: &draft)
  }
  draft.warnings += removal.warnings + warnings(about: facts, operations: draft.operations)
  return draft.plan(facts)
}

/// Decides one pipeline: removal, then configuration, then requests and runs.
private func decide(_ situation: Situation, removal: Removal, into draft: inout PlanDraft) {
  let removed = removal.outcome(of: situation.name) ?? .nothing
  guard removed.operations.isEmpty else { return draft.add(removed, nextSlot: nil, for: situation) }
  let configured = decideConfiguration(situation)
  let work =
    configured.allowsWork ? decideWork(situation, record: configured.record, capacity: &draft.capacity) : .nothing
  let slot = situation.nextSlot(of: configured.record)
  draft.add(removed.followed(by: configured.outcome).followed(by: work), nextSlot: slot, for: situation)
}

internal import PipelineModel

/// What the reader of the plan should know before agreeing to it.
func warnings(about facts: Facts, operations: [Operation]) -> [PlanWarning] {
  let requests = operations.filter { operation in
    guard operation.request != nil else { return false }
    switch operation.effect {
    case .start, .stop: return true
    case .configure, .forget, .settle: return false
    }
  }
  let isNew = facts.observed.isLedgerNew && requests.count > 0
  return (isNew ? [.newLedger(requests: requests.count)] : []) + renames(facts)
}

/// Pipelines that appear with the very spec of one that disappears.
private func renames(_ facts: Facts) -> [PlanWarning] {
  let appearing = facts.situations.filter { $0.isDesired && !$0.isManaged }
  let disappearing = facts.situations.filter { situation in
    guard situation.isManaged, !situation.isDesired, let record = situation.record else { return false }
    return facts.desired.sourceSets.contains(record.applied.sourceSet)
  }
  guard !appearing.isEmpty, !disappearing.isEmpty else { return [] }
  let lost = Dictionary(grouping: disappearing, by: \.record?.applied.spec)
  return appearing.flatMap { new in
    lost[new.desired?.spec, default: []].map { .looksRenamed(from: $0.name, to: new.name) }
  }
}

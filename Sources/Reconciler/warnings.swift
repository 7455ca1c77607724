internal import PipelineModel

/// What the reader of the plan should know before agreeing to it.
func warnings(about facts: Facts, operations: [Operation]) -> [PlanWarning] {
  let requests = operations.filter { operation in
    guard operation.request != nil else { return false }
    switch operation.effect {
    case .start, .stop: return true
    case .write, .configure, .forget, .settle: return false
    }
  }
  let isNew = facts.observed.isLedgerNew && requests.count > 0
  return (isNew ? [.newLedger(requests: requests.count)] : []) + renames(facts) + missing(facts) + unread(facts)
    + drift(facts)
}

/// What manifests want of an engine that does not have it; an engine that tells of no object at all says nothing of any.
private func missing(_ facts: Facts) -> [PlanWarning] {
  guard facts.observed.engines.contains(where: { !$0.held.isEmpty }) else { return [] }
  return facts.situations.compactMap { situation in
    guard let spec = (situation.desired ?? situation.record?.applied)?.spec, case .remote(let id) = spec.work,
      situation.record?.isForgotten != true, let held = situation.held[spec.engine.name], !held.isEmpty,
      held[id] == nil
    else { return nil }
    return .missing(situation.name, spec.engine.name, id)
  }
}

/// What engines tell of in a way that is not understood; nothing is done to it, and the others are as they were told.
private func unread(_ facts: Facts) -> [PlanWarning] {
  guard facts.observed.engines.contains(where: { $0.held.contains { $0.unread != nil } }) else { return [] }
  return facts.situations.compactMap { situation in
    guard let spec = (situation.desired ?? situation.record?.applied)?.spec, case .remote(let id) = spec.work,
      situation.record?.isForgotten != true, let words = situation.held[spec.engine.name]?[id]?.unread
    else { return nil }
    return .unread(situation.name, spec.engine.name, words)
  }
}

/// What somebody changed at an engine and no manifest declares, which stays as it is; and what an engine does not take.
private func drift(_ facts: Facts) -> [PlanWarning] {
  facts.situations.flatMap { situation -> [PlanWarning] in
    guard let record = situation.record, !record.isForgotten, let held = record.held else { return [] }
    let engine = record.applied.spec.engine.name
    let refusal = held.refusal.flatMap { refusal -> PlanWarning? in
      refusal.generation == record.generation ? .settingsRefused(record.name, engine, refusal) : nil
    }
    return held.drift.compactMap { drift in
      record.agrees(held.definition, on: drift.field, at: facts.now) == nil
        ? .drifted(record.name, engine, drift, isNew: drift.seenAt == facts.now) : nil
    } + [refusal].compactMap { $0 }
  }
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

public import PipelineModel

/// What becomes of recorded pipelines whose manifests are gone from their source set.
struct Removal {
  fileprivate var outcomes: [PipelineName: Outcome] = [:]
  var warnings: [PlanWarning] = []

  func outcome(of name: PipelineName) -> Outcome? { outcomes[name] }
}

/// Without a prune they are noted as orphans; with one they are let go, within its limit (law 8). No run is cancelled.
func decideRemoval(_ facts: Facts) -> Removal {
  var removal = Removal()
  guard !facts.desired.sourceSets.isEmpty else { return removal }
  let gone = facts.situations.filter { situation in
    guard situation.isManaged, !situation.isDesired, let record = situation.record else { return false }
    return facts.desired.sourceSets.contains(record.applied.sourceSet)
  }
  guard let limit = facts.desired.prune else {
    for situation in gone { removal.outcomes[situation.name] = orphaned(situation) }
    return removal
  }
  let candidates = gone.filter { $0.record?.applied.isProtected == false }
  removal.warnings += gone.filter { $0.record?.applied.isProtected == true }.map { .protected($0.name) }
  let refusals = refusals(of: candidates, limit: limit, facts)
  removal.warnings += refusals.map { .pruneRefused($0) }
  for situation in gone {
    let isPruned = refusals.isEmpty && situation.record?.applied.isProtected == false
    removal.outcomes[situation.name] = isPruned ? forgotten(situation) : orphaned(situation)
  }
  return removal
}

private func refusals(of candidates: [Situation], limit: PruneLimit, _ facts: Facts) -> [PruneRefusal] {
  var refusals: [PruneRefusal] = []
  for set in facts.desired.sourceSets.sorted() {
    let lost = candidates.filter { $0.record?.applied.sourceSet == set }.count
    guard lost > 0 else { continue }
    if !facts.desired.pipelines.contains(where: { $0.sourceSet == set }) {
      refusals.append(.emptySource(set))
      continue
    }
    let owned = facts.observed.pipelines.filter { !$0.isForgotten && $0.applied.sourceSet == set }.count
    if lost > limit.objects || lost * 100 > limit.percent * owned && lost > 1 {
      refusals.append(.overLimit(count: lost, of: owned, limit: min(limit.objects, limit.percent * owned / 100)))
    }
  }
  return refusals
}

private func orphaned(_ situation: Situation) -> Outcome {
  guard var record = situation.record else { return .nothing }
  if case .orphaned = record.lifecycle { return .nothing }
  record.lifecycle = .orphaned(since: situation.now)
  return .waiting(.orphaned(since: situation.now), noting: [.putPipeline(record)])
}

private func forgotten(_ situation: Situation) -> Outcome {
  if let intent = situation.openIntent { return .waiting(.intentOpen(intent.id)) }
  if let run = situation.activeRun, run.report.status == .starting,
    let reason = situation.unavailability(of: run.observedFrom)
  {
    return .waiting(.engineUnavailable(run.observedFrom, reason))
  }
  return .doing([
    forgetOperation(situation.name, generation: situation.record?.generation ?? 0, reason: "its manifest is gone")
  ])
}

/// Lets a local pipeline go; its history, states and requests stay, and no run is cancelled.
public func forgetOperation(_ name: PipelineName, generation: Int, reason: String) -> Operation {
  Operation(
    id: OperationID("forget:\(name)@\(generation)"), pipeline: name, effect: .forget(name), dataEffect: .none,
    preconditions: [.generation(generation)], reason: reason + "; its history and states stay")
}

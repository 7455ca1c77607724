internal import PipelineModel

/// The configuration policy's answer: what to record, and what the record is then.
struct Configured {
  var outcome: Outcome
  /// The pipeline as it is once the operations are done.
  var record: PipelineRecord?
  /// False where the pipeline is not ours to act on.
  var allowsWork = true
}

/// Records what the manifests want, where it differs from what is recorded.
///
/// A changed spec takes effect at the next run; it never restarts or cancels one.
func decideConfiguration(_ situation: Situation) -> Configured {
  if situation.isAsRecorded { return Configured(outcome: .nothing, record: situation.record) }
  guard let desired = situation.desired else { return undesired(situation) }
  guard let record = situation.record else { return configured(desired, .create, after: nil, situation) }
  if record.isForgotten { return configured(desired, .adopt, after: record, situation) }
  guard let owner = commonOwner(of: record.applied.sourceSet, and: desired.sourceSet) ?? takenOver(situation) else {
    let outcome = Outcome.waiting(.ownedElsewhere(record.applied.sourceSet))
    return Configured(outcome: outcome, record: record, allowsWork: false)
  }
  var wanted = desired
  if owner != wanted.sourceSet { wanted.sourceSet = owner }
  guard wanted != record.applied || record.lifecycle != .managed else {
    return Configured(outcome: .nothing, record: record)
  }
  let changes = fieldChanges(from: record.applied, to: wanted)
  return configured(wanted, verb(of: changes, from: record.applied, to: wanted), after: record, situation)
}

/// Without a manifest in hand the record stands, and a pipeline that was let go is nobody's.
private func undesired(_ situation: Situation) -> Configured {
  guard let record = situation.record, !record.isForgotten else {
    return Configured(outcome: .nothing, record: nil, allowsWork: false)
  }
  return Configured(outcome: .nothing, record: record)
}

private func takenOver(_ situation: Situation) -> SourceSet? {
  situation.adopts ? situation.desired?.sourceSet : nil
}

/// The owner where one set lies within the other: applying one file of a folder, or the whole folder, is no change of hands.
private func commonOwner(of recorded: SourceSet, and given: SourceSet) -> SourceSet? {
  if recorded.contains(given) { return recorded }
  return given.contains(recorded) ? given : nil
}

private func verb(
  of changes: [FieldChange], from old: DesiredPipeline, to new: DesiredPipeline
) -> Configuration.Verb {
  if changes.isEmpty { return .adopt }
  if changes.allSatisfy({ $0.path.hasPrefix("spec.schedule") }) { return .setSchedule }
  if changes.allSatisfy({ $0.path.hasPrefix("spec.paused") }) {
    if case .paused = new.spec.paused { return .pause }
    if case .active = new.spec.paused { return .resume }
  }
  return .update
}

private func configured(
  _ desired: DesiredPipeline, _ verb: Configuration.Verb, after record: PipelineRecord?, _ situation: Situation
) -> Configured {
  let generation = (record?.generation ?? 0) + 1
  let stale = record.map { staleBookmarks(from: $0.applied.spec, to: desired.spec) } ?? .streams([])
  let configuration = Configuration(
    verb: verb, desired: desired, generation: generation, staleBookmarks: stale,
    needsDiscovery: record.map { needsDiscovery(from: $0.applied.spec, to: desired.spec) } ?? true)
  let known = record.flatMap { $0.isForgotten ? nil : $0.applied }
  var changes = known.map { fieldChanges(from: $0, to: desired) } ?? declaredFields(of: desired)
  if let record, !record.isForgotten, record.applied.sourceSet != desired.sourceSet {
    changes.append(
      FieldChange(
        path: "sourceSet", before: record.applied.sourceSet.description, after: desired.sourceSet.description))
  }
  let operation = Operation(
    id: OperationID("\(verb.rawValue):\(desired.name)@\(generation)"), pipeline: desired.name,
    effect: .configure(configuration), dataEffect: stale.isEmpty ? .none : .rereads,
    preconditions: [.generation(record?.generation ?? 0)], changes: changes,
    reason: reason(of: configuration, after: record, activeRun: situation.activeRun))
  let next = configuration.applied(to: record, at: situation.now)
  return Configured(outcome: .doing([operation]), record: next)
}

private func reason(
  of configuration: Configuration, after record: PipelineRecord?, activeRun: RunRecord?
) -> String {
  let when = activeRun.map { "from the run after \($0.id)" } ?? "from the next run"
  switch configuration.verb {
  case .create: return "it is not recorded yet"
  case .adopt:
    switch record?.lifecycle {
    case .forgotten: return "it had been let go; its history and states are still here"
    case .orphaned where record?.applied.sourceSet == configuration.desired.sourceSet: return "its manifest is back"
    case .orphaned, .managed, nil: return "it is taken over from \(record?.applied.sourceSet.description ?? "nobody")"
    }
  case .pause: return "its schedule stops; a run in progress goes on"
  case .resume: return "its schedule goes on"
  case .setSchedule: return "its slots change; a run in progress goes on"
  case .update:
    switch configuration.staleBookmarks {
    case .all: return "takes effect \(when), which reads every stream again"
    case .streams(let names) where names.isEmpty: return "takes effect \(when)"
    case .streams(let names):
      return "takes effect \(when), which reads \(names.joined(separator: ", ")) again"
    }
  }
}

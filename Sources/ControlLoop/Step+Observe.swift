import PipelineModel
import Reconciler
import StoreAPI

/// From the lock to records that hold what the engines said.
extension LoopState {
  mutating func startRound() -> [LoopEffect] {
    progress.round += 1
    phase = .loading
    var query = goal.query
    query.store.requests = progress.keys
    query.runs = progress.watched.sorted()
    return [.load(query)]
  }

  mutating func loaded(_ records: LoopRecords, _ now: Timestamp) -> [LoopEffect] {
    guard case .loading = phase else { return [] }
    self.now = now
    if let mismatch = goal.environmentMismatch(with: records.stored) { return finish(mismatch) }
    let unmanaged = progress.isSubmitted ? [] : goal.unmanaged(in: records.stored)
    if !unmanaged.isEmpty { return finish(.notManaged(unmanaged)) }
    goal.desired.zones = goal.desired.zones.adding(records.zones)
    progress.keep(records.runs)
    if progress.awaited == nil { noteWhatIsUnderWay(records.stored) }
    progress.note(records.runs)
    phase = .observing(records)
    return [.observe(goal.engines(in: records.stored))]
  }

  /// Of the records that the engines are being asked for.
  func pipelinesInQuestion(of names: [EngineName]) -> [EngineName: [PipelineRecord]] {
    guard case .observing(let records) = phase else { return [:] }
    return goal.pipelinesInQuestion(of: names, in: records.stored)
  }

  /// As the goal finds it.
  private mutating func noteWhatIsUnderWay(_ stored: StoredState) {
    progress.awaited = goal.unansweredRequests(in: stored)
    guard goal.until == .settled else { return }
    progress.watched.formUnion(goal.runsUnderWay(in: stored))
    progress.note(stored.runs)
  }

  mutating func observed(_ answers: [EngineAnswer], _ now: Timestamp) -> [LoopEffect] {
    guard case .observing(let records) = phase else { return [] }
    self.now = now
    let absorption = absorb(goal.limited(answers), into: records.stored, now: now)
    let observed = LoopPhase.Observed(
      intents: records.intents + absorption.settledIntents, absorption: absorption)
    noteEngines(absorption.engines)
    progress.note(observed.stored.runs + absorption.recordedRuns)
    guard !absorption.changes.isEmpty else { return retireNext(observed) }
    phase = .recordingObservations(observed)
    return [.commit(absorption.changes)]
  }

  mutating func retireNext(_ observed: LoopPhase.Observed) -> [LoopEffect] {
    guard let next = observed.absorption.retire.first else { return plan(observed) }
    phase = .retiring(observed)
    return [.retire(next.run, next.engine)]
  }

  private mutating func noteEngines(_ engines: [EngineAvailability]) {
    progress.enginesRead.formUnion(engines.filter { !$0.isUnavailable }.map(\.engine))
    progress.roundsUnavailable = engines.contains(where: \.isUnavailable) ? progress.roundsUnavailable + 1 : 0
  }
}

extension LoopGoal {
  /// What is asked of the store.
  var query: LoopQuery {
    LoopQuery(
      store: StoreQuery(pipelines: loadedPipelines, requests: requests),
      intentsOf: sortedUnique((savedPlan ?? []).map(\.pipeline)))
  }

  /// The pipelines whose records are needed; absent: all. A controller that stays looks at those that are due or changed alone, so that a
  /// tick costs what happens and not what exists; a prune has to know all of its source set.
  var loadedPipelines: [PipelineName]? {
    firesSlots && desired.sourceSets.isEmpty ? scope : nil
  }

  /// Of the pipelines that were loaded only: of the others nothing is known, so nothing follows.
  func limited(_ answers: [EngineAnswer]) -> [EngineAnswer] {
    guard let names = loadedPipelines.map(Set.init) else { return answers }
    return answers.map { $0.limited(to: names) }
  }

  /// Those that have no result yet.
  func unansweredRequests(in stored: StoredState) -> [RequestKey] {
    requests.filter { key in
      switch stored.requests.first(where: { $0.key == key })?.state {
      case nil, .pending, .acting: true
      case .settled: false
      }
    }
  }

  /// Those that engines are asked about; the embedded one knows its own.
  func pipelinesInQuestion(of names: [EngineName], in stored: StoredState) -> [EngineName: [PipelineRecord]] {
    guard names != [.local] else { return [:] }
    let includes = concern(in: stored)
    let asked = stored.pipelines.lazy.filter { record in
      record.applied.spec.engine.name != .local && !record.isForgotten && includes(record.name)
    }
    return Dictionary(grouping: asked, by: \.applied.spec.engine.name)
  }

  /// A command for manifests looks for what others run only where it has to do with runs itself: to look everywhere costs calls that its
  /// changes do not need. Whoever stays looks everywhere in turn, and so does whoever only asks how things are.
  private func concern(in stored: StoredState) -> (PipelineName) -> Bool {
    guard !isUnattended, !desired.pipelines.isEmpty else { return inclusion }
    let includes = inclusion
    let settled = Set(stored.requests.lazy.filter { $0.state.result != nil }.map(\.key))
    var names = Set(requests.lazy.filter { !settled.contains($0) }.map(\.pipeline))
    names.formUnion(stored.requests.lazy.filter { $0.state.result == nil }.map(\.key.pipeline))
    names.formUnion(stored.runs.lazy.filter(\.isActive).map(\.id.pipeline))
    return { names.contains($0) && includes($0) }
  }

  func environmentMismatch(with stored: StoredState) -> LoopOutcome? {
    guard let asked = environment, let folder = stored.environment, asked != folder else { return nil }
    return .environmentMismatch(folder: folder, asked: asked)
  }

  /// Every engine that executes, or would execute, a pipeline in scope; sorted. What was loaded for a scope is within it.
  func engines(in stored: StoredState) -> [EngineName] {
    let includes = loadedPipelines == nil ? inclusion : { _ in true }
    var names: Set<EngineName> = []
    // Thousands of pipelines have one engine in common, as a rule: one is added only where it is another one than the last.
    var last: EngineName?
    func add(_ name: EngineName) {
      if name != last { names.insert(name) }
      last = name
    }
    let (wanted, recorded) = (desired.pipelines, stored.pipelines)
    for place in wanted.indices where includes(wanted[place].name) { add(wanted[place].spec.engine.name) }
    for place in recorded.indices where includes(recorded[place].name) && !recorded[place].isForgotten {
      add(recorded[place].applied.spec.engine.name)
    }
    for run in stored.runs where includes(run.id.pipeline) && run.isActive { add(run.observedFrom) }
    return names.sorted()
  }
}

extension Absorption {
  /// The runs that it changes, those among them that are neither active nor the latest of their pipeline any more.
  var recordedRuns: [RunRecord] {
    changes.compactMap { change in
      if case .putRun(let run) = change { run } else { nil }
    }
  }

  /// What became of intents, by this reading of the engines.
  var settledIntents: [Intent] {
    changes.compactMap { change in
      if case .putIntent(let intent) = change { intent } else { nil }
    }
  }
}

extension EngineAvailability {
  /// The same, as far as these pipelines are concerned: one of their runs that cannot be read makes it unavailable.
  func concerning(_ pipelines: Set<PipelineName>) -> EngineAvailability {
    guard let reason = pipelines.sorted().lazy.compactMap({ silence(on: $0) }).first else { return self }
    return EngineAvailability(engine: engine, answer: .unavailable(reason))
  }

  var isUnavailable: Bool {
    switch answer {
    case .unavailable: true
    case .complete: false
    }
  }
}

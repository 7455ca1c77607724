public import PipelineModel

/// Takes the engines' answers into the records: reports, confirmed states, catalogs, the results of requests, and what became
/// of open intents.
///
/// An unavailable engine changes nothing, and an unreadable run stays as it was (law 7). Absorbing the same answers twice changes nothing
/// the second time.
public func absorb(_ answers: [EngineAnswer], into stored: StoredState, now: Timestamp) -> Absorption {
  var draft = AbsorptionDraft(stored: stored, now: now)
  for answer in answers.sorted(by: { $0.engine < $1.engine }) {
    switch answer.observation {
    case .unavailable(let reason, _):
      draft.engines.append(EngineAvailability(engine: answer.engine, answer: .unavailable(reason)))
    case .complete(let revision, let at, let runs, let unreadable):
      draft.engines.append(
        EngineAvailability(
          engine: answer.engine, answer: .complete(revision), unreadable: unreadable, held: answer.held))
      draft.unreadable = Set(unreadable.map(\.run))
      draft.take(runs.sorted { $0.run < $1.run }, of: answer.engine, at: at)
      draft.markVanished(besides: runs, of: answer.engine, at: at)
      draft.readBackIntents(of: answer.engine, runs: runs)
      draft.giveUpLetGo(by: answer.engine, besides: runs)
      draft.note(answer.held, of: answer.engine)
    }
  }
  return Absorption(changes: draft.changes, stored: draft.state, retire: draft.retire, engines: draft.engines)
}

/// The records while answers are taken in.
struct AbsorptionDraft {
  private(set) var state: StoredState
  let now: Timestamp
  private(set) var changes: [StateChange] = []
  var retire: [Absorption.RetiredRun] = []
  var engines: [EngineAvailability] = []
  /// Of these the answer at hand says only that they are there.
  var unreadable: Set<RunID> = []

  init(stored: StoredState, now: Timestamp) {
    state = stored
    self.now = now
  }

  mutating func change(_ change: StateChange) {
    changes.append(change)
    state.apply([change])
  }

  mutating func take(_ reports: [RunReport], of engine: EngineName, at: Timestamp) {
    for report in reports {
      guard let record = record(of: report, engine: engine, at: at) else { continue }
      take(report, into: record, engine: engine, at: at)
    }
  }

  /// A run that is recorded as active, and that a complete answer does not know: nothing of it is left.
  mutating func markVanished(besides reports: [RunReport], of engine: EngineName, at: Timestamp) {
    let known = unreadable.union(reports.map(\.run))
    let open = Set(state.intents.filter(\.state.isOpen).compactMap(\.startedRun))
    let vanished = state.runs.filter { run in
      run.isActive && run.observedFrom == engine && !known.contains(run.id) && !open.contains(run.id)
        && run.report.status != .starting
    }
    for record in vanished {
      var report = record.report
      report.status = .ended(.lost)
      report.endedAt = record.report.endedAt ?? at
      take(report, into: record, engine: engine, at: at)
    }
  }

  private mutating func record(of report: RunReport, engine: EngineName, at: Timestamp) -> RunRecord? {
    if let known = state.run(report.run) { return known }
    guard let order = report.order, isNews(report, from: engine) else {
      // Recorded long ago and superseded by later runs: only its retirement was interrupted.
      if report.status.isEnded { retire.append(Absorption.RetiredRun(run: report.run, engine: engine)) }
      return nil
    }
    return found(order, report, engine: engine, at: at)
  }

  func pipeline(_ name: PipelineName) -> PipelineRecord? {
    state.pipeline(name)
  }
}

extension Intent {
  /// The run that this intent starts.
  var startedRun: RunID? {
    if case .start(let order) = operation.effect { order.run } else { nil }
  }
}

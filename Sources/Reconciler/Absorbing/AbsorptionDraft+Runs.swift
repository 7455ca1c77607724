internal import PipelineModel

extension AbsorptionDraft {
  /// Takes one report into its record, with everything that follows from it.
  mutating func take(_ report: RunReport, into record: RunRecord, engine: EngineName, at: Timestamp) {
    guard record.isActive else {
      if report.status.isEnded { retire.append(Absorption.RetiredRun(run: record.id, engine: engine)) }
      return
    }
    var next = record
    next.report = merged(report, over: record, from: engine)
    next.retryAt = retryInstant(of: next.report, record: record, from: engine, at: at)
    next.retriedFailure = next.retryAt == nil ? nil : next.report.status.outcome?.failure ?? record.retriedFailure
    if let retryAt = next.retryAt { next.report.status = .backingOff(until: retryAt) }
    if next.report.status.isStopping(.cancel), next.cancelledAt == nil { next.cancelledAt = at }
    keepStates(of: report, record: record)
    if next.report != record.report || next.retryAt != record.retryAt || isUnknown(record) {
      next.observedAt = at
      next.observedFrom = engine
      change(.putRun(next))
    }
    guard let outcome = next.report.status.outcome else { return }
    settle(next, outcome, catalog: report.catalog)
    retire.append(Absorption.RetiredRun(run: record.id, engine: engine))
  }

  private func isUnknown(_ record: RunRecord) -> Bool {
    state.run(record.id) == nil
  }

  /// A stop that was delivered is not taken back by a report that has not heard of it. A lost run of the embedded engine is verified gone,
  /// which is what cancelled means where it was being cancelled (law 4); elsewhere nobody has seen how it ended.
  private func merged(_ report: RunReport, over known: RunRecord, from engine: EngineName) -> RunReport {
    var merged = report
    merged.confirmedStates = report.confirmedStates.last.map { [$0] } ?? known.report.confirmedStates
    merged.order = nil
    merged.catalog = nil
    if report.status == .ended(.lost), known.cancelledAt != nil, engine == .local { merged.status = .ended(.cancelled) }
    guard case .stopping(let progress) = known.report.status else { return merged }
    switch report.status {
    case .starting, .active, .backingOff: merged.status = known.report.status
    case .stopping where !report.status.isStopping(progress.kind): merged.status = known.report.status
    case .stopping, .unconfirmed, .ended: break
    }
    return merged
  }

  private func isToBeStopped(_ record: RunRecord) -> Bool {
    if case .stopping = record.report.status { return true }
    if record.cancelledAt != nil { return true }
    return state.requests(actingOn: record.id).contains { $0.job.action.stopKind != nil }
  }

  /// A lost supervisor is a failed attempt: where attempts are left, the same run is tried again, after a backoff that doubles
  /// each time. A stop is never followed by a retry, what somebody else started is theirs to retry, and nobody is left to retry
  /// for a pipeline that was let go.
  private func retryInstant(
    of report: RunReport, record: RunRecord, from engine: EngineName, at: Timestamp
  ) -> Timestamp? {
    guard report.status.outcome?.isRetried(of: engine) == true, record.order.trigger != .external else { return nil }
    guard report.attempt < record.order.spec.retry.attempts, record.mayBeRepeated(after: report) else { return nil }
    guard !isToBeStopped(record), pipeline(record.id.pipeline)?.isForgotten == false else { return nil }
    return record.retryAt ?? at + record.order.spec.retry.backoff(after: report.attempt)
  }

  /// Keeps what the target has newly confirmed (law 10). A snapshot's states are not kept, and a historical run's only when it
  /// has succeeded.
  private mutating func keepStates(of report: RunReport, record: RunRecord) {
    guard let last = report.confirmedStates.last,
      last.sequence > (record.report.confirmedStates.last?.sequence ?? 0) || isSwappedIn(report, record)
    else { return }
    switch record.order.mode {
    case .snapshot: return
    case .historical where !isSwappedIn(report, record): return
    case .incremental, .continuous, .historical: break
    }
    change(
      .appendState(
        StateVersion(
          pipeline: record.id.pipeline, origin: .run(record.id, sequence: last.sequence), at: last.at, text: last.text))
    )
    clearStaleBookmarks(record)
  }

  private func isSwappedIn(_ report: RunReport, _ record: RunRecord) -> Bool {
    record.order.mode == .historical && report.status.outcome?.isGood == true
  }

  /// A state that this run's target confirmed was made without the stale bookmarks, so it holds fresh ones.
  private mutating func clearStaleBookmarks(_ record: RunRecord) {
    guard var pipeline = pipeline(record.id.pipeline), record.isCurrent(for: pipeline),
      !pipeline.staleBookmarks.isEmpty
    else { return }
    pipeline.staleBookmarks = .streams([])
    change(.putPipeline(pipeline))
  }
}

extension RunRecord {
  /// A migration that has written documents writes them a second time: it is begun anew only where it empties the destination first.
  fileprivate func mayBeRepeated(after report: RunReport) -> Bool {
    order.spec.work.migration == nil || order.dropDestinationFirst
      || report.status == .ended(.lost) && report.startedAt == nil
  }
}

extension RunOutcome {
  /// Whether another attempt follows where one is left: failures of processes are tried again beside them, by their supervisor.
  fileprivate func isRetried(of engine: EngineName) -> Bool {
    switch self {
    case .lost: true
    case .failed(let failure): engine != .local && failure.code.isRetryable
    case .succeeded, .completed, .cancelled: false
    }
  }
}

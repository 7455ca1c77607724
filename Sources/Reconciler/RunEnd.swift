internal import PipelineModel

/// What follows from the end of a run, whoever proved it.
struct RunEnd {
  let record: RunRecord
  let outcome: RunOutcome

  /// A good end makes the discovered catalog the pipeline's and the history whole; a cut history is started again by the next
  /// run, and a failure has the schema looked at anew.
  func pipeline(_ pipeline: PipelineRecord) -> PipelineRecord {
    var next = pipeline
    switch outcome {
    case .succeeded, .completed:
      if record.isCurrent(for: pipeline), record.order.refreshSchema { next.needsDiscovery = false }
      let movesData = record.order.mode == .historical || record.order.mode == .incremental && !record.isSchemaRefresh
      if movesData { next.isHistoryPending = false }
      if record.order.mode == .historical, record.isCurrent(for: pipeline) { next.staleBookmarks = .streams([]) }
    case .failed, .lost:
      next.needsDiscovery = true
      if record.order.mode == .historical { next.isHistoryPending = true }
    case .cancelled:
      if record.order.mode == .historical { next.isHistoryPending = true }
    }
    return next
  }

  /// The result of a request that aimed at the run.
  func result(of request: RequestRecord) -> RequestResult {
    switch (request.job.action, outcome) {
    // A migration that captures changes has no other end than that.
    case (.cancel, .completed) where record.order.spec.work.migration != nil: .done(record.id)
    case (.start, _), (.cancel, .cancelled), (.complete, .completed): .done(record.id)
    case (.cancel, _), (.complete, _): .alreadyEnded(record.id)
    }
  }
}

extension RunRecord {
  /// Whether the run does the very work that the pipeline asks for now; a pause or another limit meanwhile changes no data.
  func isCurrent(for pipeline: PipelineRecord) -> Bool {
    order.spec.work == pipeline.applied.spec.work
  }

  /// Whether it looks at the schema, and moves no data.
  var isSchemaRefresh: Bool {
    !report.stages.isEmpty && report.stages.allSatisfy { $0.stage == .discover }
  }

  /// Whether an attempt of it is under way.
  var isUnderWay: Bool { report.status != .starting && retryAt == nil }

  /// Whether an attempt of it was ever under way.
  var hasBegun: Bool { report.status != .starting || report.attempt > 1 }

  /// The end of a run of which nothing is under way, and which nobody will begin.
  func givenUp(at now: Timestamp) -> RunRecord {
    neverBegun(retryAt == nil ? .cancelled : retriedFailure.map { .failed($0) } ?? .lost, at: now)
  }

  /// The same, with the outcome that is given.
  func neverBegun(_ outcome: RunOutcome, at now: Timestamp) -> RunRecord {
    var copy = self
    copy.report.status = .ended(outcome)
    copy.report.endedAt = now
    copy.observedAt = now
    copy.retryAt = nil
    copy.retriedFailure = nil
    return copy
  }
}

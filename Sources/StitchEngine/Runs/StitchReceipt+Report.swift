internal import EngineHTTP
internal import PipelineModel

extension StitchReceipt {
  /// What is to be said of the run; nil where it is said best by silence: its start may be sent again, and will be.
  func telling(at now: Timestamp, patience: StitchPatience) -> RunTelling? {
    if isRetired || mayBeAskedAgain(at: now, within: patience) { return nil }
    guard job != nil || end != nil else { return .unreadable(UnreadableRun(run: run, reason: wordsForUnknown)) }
    var report = RunReport(
      run: run, status: status(at: now, patience), attempt: order.attempt, startedAt: extraction?.startedAt,
      endedAt: end?.at, stages: stages, conditions: end?.conditions ?? grounds)
    report.order = order
    return .report(report)
  }

  private func status(at now: Timestamp, _ patience: StitchPatience) -> RunStatus {
    if let end { return .ended(end.outcome) }
    guard let stop else { return .active(extraction == nil ? .extract : .load) }
    // The extraction has ended; what it had extracted is still loaded.
    if extraction != nil { return stopping(.terminating, stop) }
    if isUnseen == true {
      // Neither is sent again by itself: it might end a job that began since.
      guard stop.isDelivered else { return .unconfirmed(since: stop.askedAt) }
      let deadline = stop.askedAt + patience.unseenStop
      return now >= deadline ? .unconfirmed(since: deadline) : stopping(.delivered, stop)
    }
    // Nobody knows whether it was heard: so the run counts as going on, and whoever asked for the stop asks again.
    guard stop.isDelivered else { return .active(.extract) }
    if now - stop.askedAt >= patience.stop { return .unconfirmed(since: stop.askedAt + patience.stop) }
    return stopping(.delivered, stop)
  }

  private func stopping(_ step: StopStep, _ stop: Stop) -> RunStatus {
    .stopping(StopProgress(kind: .cancel, step: step, since: stop.askedAt))
  }

  /// Why it is taken for running, since no call shows that.
  private var grounds: [RunCondition] {
    guard extraction == nil, let job else { return [] }
    if isUnseen == true { return [.stoppedUnseen] }
    switch job.evidence {
    case .told: return [.believed]
    case .inferred: return [.inferred]
    }
  }

  private var stages: [StageReport] {
    guard let extraction else { return [] }
    return [
      StageReport(stage: .extract, startedAt: extraction.startedAt, endedAt: extraction.completedAt),
      StageReport(stage: .load, startedAt: extraction.completedAt, endedAt: end?.at),
    ]
  }
}

internal import EngineHTTP
internal import PipelineModel

extension HevoReceipt {
  /// The receipt once the jobs of its pipeline were seen.
  ///
  /// - Parameter claimed: the jobs of other runs.
  func following(
    _ jobs: HevoJobs, besides claimed: Set<String>, at now: Timestamp, patience: HevoPatience
  ) -> HevoReceipt {
    guard isOpen else { return self }
    var next = self
    next.findJob(in: jobs, besides: claimed)
    if let id = next.job?.id, let seen = jobs.job(id) { next.job = Job(seen) }
    guard let job = next.job else { return next }
    let isSurpassed = jobs.areBeyond(job)
    next.end =
      isSurpassed && jobs.missing.contains(job.id)
      ? End(outcome: .lost, at: now, conditions: []) : job.end(isSurpassed: isSurpassed, at: now, patience)
    if let seen = jobs.job(job.id), next.stop == nil, next.ask == nil, jobs.wasBehindCancelled(seen) {
      next.end?.conditions.append(.cancelledBehind)
    }
    return next
  }

  /// The first newer job of a kind that fits is the one that was asked for.
  private mutating func findJob(in jobs: HevoJobs, besides claimed: Set<String>) {
    guard job == nil, let ask, let found = jobs.firstStarted(by: ask, besides: claimed) else { return }
    job = Job(found)
  }
}

extension HevoReceipt.Job {
  init(_ job: HevoJob) {
    self.init(
      id: job.id, kind: job.kind.word, state: HevoStanding(job.status), createdAt: job.createdAt,
      updatedAt: job.updatedAt, isLoading: job.eventsLoaded > 0)
  }

  /// Its end, where it has one that is sure.
  fileprivate func end(isSurpassed: Bool, at now: Timestamp, _ patience: HevoPatience) -> HevoReceipt.End? {
    switch state {
    case .waiting, .running, .cancelling: return nil
    case .deferred:
      guard isSurpassed || now - updatedAt >= patience.deferral else { return nil }
      return HevoReceipt.End(
        outcome: .failed(failure("was put off, and not taken up again")), at: updatedAt, conditions: [])
    case .completed(let isWhole):
      return HevoReceipt.End(outcome: .succeeded, at: updatedAt, conditions: isWhole ? [] : [.recordsFailed])
    case .failed:
      return HevoReceipt.End(outcome: .failed(failure("failed")), at: updatedAt, conditions: [])
    case .cancelled: return HevoReceipt.End(outcome: .cancelled, at: updatedAt, conditions: [])
    case .skipped:
      return HevoReceipt.End(
        outcome: .failed(failure("was skipped, since another one was running")), at: updatedAt, conditions: [])
    case .other:
      return isSurpassed ? HevoReceipt.End(outcome: .lost, at: now, conditions: []) : nil
    }
  }

  private func failure(_ word: String) -> Failure {
    Failure(.engineFailed, "Hevo's job \(id) (\(kind)) \(word); the job's page in Hevo tells why")
  }
}

internal import PipelineModel

extension StitchReceipt {
  /// The receipt once the last completed extraction of its source was seen; nil where the list has none.
  func following(_ found: StitchExtraction?, at now: Timestamp, patience: StitchPatience) -> StitchReceipt {
    guard isOpen, extraction == nil else { return self }
    guard let found else { return unseen(at: now, patience: patience) }
    var next = self
    switch relation(to: found) {
    case .earlier: return unseen(at: now, patience: patience)
    case .own:
      next.job = Job(name: found.jobName, evidence: job?.evidence ?? .inferred, since: job?.since ?? found.startedAt)
      next.extraction = found
      // Nothing of a run that failed is worth waiting for, but what it had extracted is loaded all the same.
      if case .failed(let failure) = found.outcome(afterStop: stop?.isDelivered == true) {
        next.end = End(outcome: .failed(failure), at: found.completedAt, conditions: [])
      }
    case .later where isUnseen == true:
      // What was meant is over, if there was anything.
      next.end = End(outcome: .lost, at: found.startedAt, conditions: [.stoppedUnseen])
    case .later:
      // A later job has ended, so this one has too, before that one began; how, the list tells no more.
      next.isOvertaken = true
      next.extraction = StitchExtraction(
        jobName: job?.name ?? "", sourceID: source, startedAt: askedAt, completedAt: found.startedAt,
        discovery: .init(), tap: .init(), target: .init())
    }
    return next
  }

  /// Once its end does not show: no job of Stitch's lasts for ever, and none goes on for long after a stop that was taken.
  private func unseen(at now: Timestamp, patience: StitchPatience) -> StitchReceipt {
    guard isGivenUp(at: now, patience) else { return self }
    var next = self
    next.end = End(outcome: .lost, at: now, conditions: isUnseen == true ? [.stoppedUnseen] : [])
    return next
  }

  private func isGivenUp(at now: Timestamp, _ patience: StitchPatience) -> Bool {
    if isUnseen == true, let stop { return now - stop.askedAt >= patience.unseenJob }
    if let stop, stop.isDelivered, now - stop.askedAt >= patience.stoppedJob { return true }
    return now - (job?.since ?? askedAt) >= patience.longestJob
  }

  /// The receipt once a page of the list of loads was read.
  func following(_ page: StitchPage<StitchLoad>, number: Int) -> StitchReceipt {
    guard isOpen, extraction != nil else { return self }
    var next = self
    var loads = loads ?? StitchLoadSearch()
    loads.take(page, number: number, of: sourceName)
    next.loads = loads
    return next
  }

  /// The receipt once as much of the list of loads was read as could be for now.
  func followingLoads(at now: Timestamp) -> StitchReceipt {
    guard isOpen, let extraction, let loads, loads.isComplete else { return self }
    let concerned = loads.rows.values.filter { $0.isOf(extraction) }
    guard !concerned.isEmpty, concerned.allSatisfy({ $0.isWhole(extraction) }) else { return self }
    // When the error of a stream was that was not loaded since, nothing tells: it may be of this run, and of one long ago.
    let isDoubtful = loads.rows.values.contains(where: \.hasError)
    var next = self
    next.end = End(
      outcome: outcome(of: extraction), at: concerned.compactMap(\.loadedAt).max() ?? now,
      conditions: isDoubtful ? [.loadUnconfirmed] : [])
    return next
  }

  /// The receipt once its loads are waited for no longer, where that is so.
  func givingUpLoads(at now: Timestamp, patience: StitchPatience) -> StitchReceipt {
    guard isOpen, let extraction, now - extraction.completedAt >= patience.load else { return self }
    var next = self
    next.end = End(outcome: outcomeWithoutLoads(of: extraction), at: now, conditions: [.loadUnconfirmed])
    return next
  }

  private func outcome(of extraction: StitchExtraction) -> RunOutcome {
    isOvertaken == true ? .lost : extraction.outcome(afterStop: stop?.isDelivered == true)
  }

  private func outcomeWithoutLoads(of extraction: StitchExtraction) -> RunOutcome {
    let outcome = outcome(of: extraction)
    let failing = (loads?.rows ?? [:]).filter { $0.value.hasError && $0.value.isOf(extraction) }
    guard outcome == .succeeded, !failing.isEmpty else { return outcome }
    let names = failing.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return .failed(
      Failure(.targetFailed, "Stitch reports an error in loading \(names); its log in Stitch tells more"))
  }
}

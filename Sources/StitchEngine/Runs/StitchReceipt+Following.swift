internal import PipelineModel

extension StitchReceipt {
  /// The receipt once the last completed extraction of its source was seen; nil where the list has none.
  func following(_ found: StitchExtraction?, at now: Timestamp) -> StitchReceipt {
    guard isOpen, extraction == nil, let found else { return self }
    var next = self
    switch relation(to: found) {
    case .earlier: return self
    case .own:
      next.job = Job(name: found.jobName, evidence: job?.evidence ?? .inferred, since: job?.since ?? found.startedAt)
      next.extraction = found
      // Nothing of a run that failed is worth waiting for, but what it had extracted is loaded all the same.
      if let failure = found.failure {
        next.end = End(outcome: .failed(failure), at: found.completedAt, conditions: [])
      }
    case .later:
      // A later job has ended, so this one has too, before that one began; how, the list tells no more.
      next.isOvertaken = true
      next.extraction = StitchExtraction(
        jobName: job?.name ?? "", sourceID: source, startedAt: askedAt, completedAt: found.startedAt,
        discovery: .init(), tap: .init(), target: .init())
    }
    return next
  }

  /// The receipt once the loads were seen; nil where they could not be read.
  func following(_ loads: [StitchLoad]?, at now: Timestamp, patience: StitchPatience) -> StitchReceipt {
    guard isOpen, let extraction else { return self }
    let since = (loads ?? []).filter { $0.sourceName == sourceName }
    let concerned = since.filter { $0.hasError || ($0.loadedAt.map { $0 >= extraction.startedAt } ?? false) }
    let isLoaded = concerned.allSatisfy { !$0.hasError && ($0.loadedAt.map { $0 >= extraction.completedAt } ?? false) }
    var next = self
    if !concerned.isEmpty, isLoaded {
      let at = concerned.compactMap(\.loadedAt).max() ?? now
      next.end = End(outcome: outcome(of: extraction), at: at, conditions: [])
    } else if now - extraction.completedAt >= patience.load {
      next.end = unconfirmedEnd(of: extraction, failing: concerned.filter(\.hasError), at: now)
    }
    return next
  }

  private func outcome(of extraction: StitchExtraction) -> RunOutcome {
    isOvertaken == true ? .lost : extraction.outcome
  }

  private func unconfirmedEnd(of extraction: StitchExtraction, failing: [StitchLoad], at now: Timestamp) -> End {
    let outcome = outcome(of: extraction)
    guard outcome == .succeeded, !failing.isEmpty else {
      return End(outcome: outcome, at: now, conditions: [.loadUnconfirmed])
    }
    let names = failing.map { "`\($0.streamName)`" }.sorted().joined(separator: ", ")
    let failure = Failure(.targetFailed, "Stitch reports an error in loading \(names); its log in Stitch tells more")
    return End(outcome: .failed(failure), at: now, conditions: [.loadUnconfirmed])
  }
}

extension StitchExtraction {
  /// Where a part has no exit code it was ended from outside.
  var outcome: RunOutcome {
    if let failure { return .failed(failure) }
    return [discovery, tap, target].allSatisfy { $0.exit == 0 } ? .succeeded : .cancelled
  }

  /// The first part that ended badly by itself.
  fileprivate var failure: Failure? {
    let parts: [(Part, FailureCode, String)] = [
      (discovery, .discoveryFailed, "discovery"), (tap, .tapFailed, "tap"), (target, .targetFailed, "target"),
    ]
    guard let (part, code, word) = parts.first(where: { ($0.0.exit ?? 0) != 0 }) else { return nil }
    let told = part.description.map { ": \($0)" } ?? ""
    return Failure(code, "the \(word) of Stitch's job \(jobName) ended with \(part.exit ?? 0)\(told)")
  }
}

internal import EngineHTTP
internal import PipelineModel

extension HevoReceipt {
  /// What is to be said of the run; nil where it is said best by silence: its start may be sent again, and will be.
  func telling(at now: Timestamp, patience: HevoPatience) -> RunTelling? {
    if isRetired { return nil }
    if let ask, seeksJob { return telling(ask, at: now, patience) }
    if case .other(let word)? = job?.state, isOpen { return unreadable(wordsForUnknown(word)) }
    return .report(report(at: now, patience))
  }

  private func telling(_ ask: Ask, at now: Timestamp, _ patience: HevoPatience) -> RunTelling? {
    let isDue = now - ask.at >= patience.listing
    switch ask.answer {
    case .accepted: return isDue ? unreadable(wordsForUnlisted) : .report(report(at: now, patience))
    case .refuted: return nil
    case .unknown, .conflict: return mayBeAskedAgain(at: now, patience) ? nil : unreadable(wordsForUnlisted)
    }
  }

  /// Whether a start of which nothing was heard was certainly not taken, as far as the list of jobs can tell; once.
  func mayBeAskedAgain(at now: Timestamp, _ patience: HevoPatience) -> Bool {
    guard let ask, seeksJob else { return false }
    return ask.answer == .refuted
      || ask.answer != .accepted && ask.times < 2 && now - ask.at >= patience.listing
  }

  private func unreadable(_ words: String) -> RunTelling { .unreadable(UnreadableRun(run: run, reason: words)) }

  var wordsForUnlisted: String {
    let at = ask.map { " of \($0.at)" } ?? ""
    let what =
      ask?.answer == .accepted
      ? "Hevo accepted the start\(at), and lists no job for it"
      : "whether Hevo took the start\(at) is not known: its answer was lost, and no job is listed for it"
    return what
      + ". The first newer job of pipeline \(pipeline), of a kind that fits, is taken for it; until then nothing is started"
  }

  private func wordsForUnknown(_ word: String) -> String {
    "Hevo says `\(word)` of job \(job?.id ?? ""), a word that this version of pipectl does not know; until the next job of pipeline \(pipeline) begins, nothing is started"
  }

  private func report(at now: Timestamp, _ patience: HevoPatience) -> RunReport {
    var report = RunReport(
      run: run, status: status(at: now, patience), attempt: order.attempt, startedAt: job?.createdAt, endedAt: end?.at,
      stages: job.map { [StageReport(stage: $0.stage, startedAt: $0.createdAt, endedAt: end?.at)] } ?? [],
      streams: end?.streams ?? [], conditions: end?.conditions ?? [])
    report.order = order
    return report
  }

  private func status(at now: Timestamp, _ patience: HevoPatience) -> RunStatus {
    if let end { return .ended(end.outcome) }
    let stage = job?.stage ?? .extract
    if job?.state == .cancelling {
      return stopping(.terminating, since: stop?.askedAt ?? job?.updatedAt ?? now, at: now, patience)
    }
    // A cancel of which nothing was heard is sent again.
    guard let stop, stop.isDelivered else { return .active(stage) }
    return stopping(.delivered, since: stop.askedAt, at: now, patience)
  }

  private func stopping(
    _ step: StopStep, since: Timestamp, at now: Timestamp, _ patience: HevoPatience
  ) -> RunStatus {
    if now - since >= patience.stop { return .unconfirmed(since: since + patience.stop) }
    return .stopping(StopProgress(kind: .cancel, step: step, since: since))
  }
}

extension HevoReceipt.Job {
  var stage: Stage {
    if kind == HevoJob.Kind.refresher.rawValue { return .discover }
    return isLoading ? .load : .extract
  }
}

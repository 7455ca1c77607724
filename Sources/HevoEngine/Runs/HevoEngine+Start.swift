public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension HevoEngine {
  /// A start tells no job, and one whose answer was lost may have been taken: what is listed afterwards tells. It is sent once more only where
  /// no newer job shows within a minute.
  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    let id = try remoteID(of: order.spec)
    // Another attempt of a run that was lost is another start.
    if let known = try receipts.receipt(of: order.run), known.isOpen || known.order.attempt >= order.attempt {
      return try await goOn(known)
    }
    try await checkReady(id)
    let (survey, jobs) = try await study(id, for: order)
    if let other = survey.open(id).first(where: { $0.run != order.run }) { throw refusal(because: other) }
    let ask = HevoReceipt.Ask(
      at: service.now(), manner: try HevoStart(order, after: jobs), before: HevoMark(jobs.rows))
    let receipt = HevoReceipt(order: order, pipeline: id, ask: ask)
    try receipts.keep(receipt)
    try await send(receipt, after: nil)
  }

  /// Only a pipeline that is enabled starts something.
  private func checkReady(_ id: String) async throws(EngineError) {
    let pipeline = try await read(id)
    switch pipeline.position {
    case .on, .broken, nil: return
    case .off:
      throw EngineError(
        .refused, "\(pipeline.words) is disabled in Hevo, which starts nothing then; `paused: false` enables it",
        .terminal)
    case .turningOn, .turningOff, .busy:
      let status = pipeline.status?.word ?? ""
      throw EngineError(
        .unavailable, "\(pipeline.words) is on its way in Hevo (\(status)); it is tried again", .retryable)
    case .gone: throw EngineError(.refused, "\(pipeline.words) is deleted in Hevo", .terminal)
    }
  }

  func read(_ id: String) async throws(EngineError) -> HevoPipeline {
    do throws(CallFailure) {
      return try await service.pipeline(id)
    } catch {
      throw error.kind == .refused ? EngineError(error) : EngineError(.unavailable, error.message, .retryable)
    }
  }

  /// What is listed right now, with all that follows for runs that are known.
  private func study(_ id: String, for order: StartOrder) async throws(EngineError) -> (HevoSurvey, HevoJobs) {
    var survey = HevoSurvey(try receipts.all(), patience: patience)
    // With the calls that stand around it.
    try budget.note(2, at: service.ownNow())
    do throws(LookFailure) {
      let jobs = try await readJobs(of: id, for: HevoUnit(order), into: &survey)
      return (survey, jobs)
    } catch {
      throw error.beforeEffect
    }
  }

  private func refusal(because other: HevoReceipt) -> EngineError {
    if other.seeksJob { return EngineError(.unavailable, other.wordsForUnlisted, .retryable) }
    return EngineError(
      .alreadyRunning(other.run),
      "a job of pipeline \(other.pipeline) is in progress in Hevo (\(other.job?.kind ?? ""))",
      .terminal)
  }

  /// - Parameter before: the receipt of an earlier call for the same, of which nothing was heard.
  private func send(_ receipt: HevoReceipt, after before: HevoReceipt?) async throws(EngineError) {
    guard let ask = receipt.ask else { return }
    let failure = await CallFailure.of { () async throws(CallFailure) in
      try await service.start(receipt.pipeline, ask.manner)
    }
    guard let failure else {
      _ = try noted(.accepted, receipt)
      return
    }
    if failure.isConflict {
      let answer: HevoReceipt.Answer = ask.times == 1 ? .refuted : .conflict
      return try await settle(try noted(answer, receipt), words: failure.message)
    }
    if failure.mayHaveBeenTaken { return try await settle(receipt, words: failure.message) }
    guard let before, failure.kind != .refused else {
      try receipts.remove(receipt.run)
      throw EngineError(failure)
    }
    // What was certainly not taken says nothing of the call before it.
    try receipts.keep(before)
    throw EngineError(.unavailable, failure.message, .uncertain)
  }

  private func noted(_ answer: HevoReceipt.Answer, _ receipt: HevoReceipt) throws(EngineError) -> HevoReceipt {
    var noted = receipt
    noted.ask?.answer = answer
    try receipts.keep(noted)
    return noted
  }

  /// Looks for the job of a start of which it is not known whether it was taken: it is listed some seconds later.
  private func settle(_ receipt: HevoReceipt, words: String) async throws(EngineError) {
    for glance in 0..<max(1, patience.glances) {
      if glance > 0 { await pacing.pause(patience.glance) }
      guard let (survey, jobs) = try? await study(receipt.pipeline, for: receipt.order),
        let seen = survey.receipt(of: receipt.run)
      else { continue }
      if seen.job != nil { return }
      if let other = foreign(seen, survey) { return try giveWay(seen, to: other) }
      if seen.ask?.answer != .unknown, let word = jobs.unfinished(upTo: seen.ask?.before) {
        try giveWay(seen, words + " (its latest job is \(word))")
      }
    }
    if receipt.ask?.answer == .refuted { try giveWay(receipt, words) }
    throw EngineError(.unavailable, words + "; " + receipt.wordsForUnlisted, .uncertain)
  }

  /// The run of somebody else that stands in the way of one of which nothing was taken, as far as the list of jobs can tell.
  private func foreign(_ receipt: HevoReceipt, _ survey: HevoSurvey) -> HevoReceipt? {
    guard receipt.ask?.answer == .conflict || receipt.mayBeAskedAgain(at: service.now(), patience) else { return nil }
    return survey.open(receipt.pipeline).first { $0.run != receipt.run }
  }

  private func giveWay(_ receipt: HevoReceipt, to other: HevoReceipt) throws(EngineError) {
    try receipts.remove(receipt.run)
    throw refusal(because: other)
  }

  /// To a job that is nobody's run here.
  private func giveWay(_ receipt: HevoReceipt, _ words: String) throws(EngineError) -> Never {
    try receipts.remove(receipt.run)
    throw EngineError(.alreadyRunning(nil), words, .terminal)
  }

  /// What was asked for before is not asked for again, unless the list shows that it was not taken.
  private func goOn(_ known: HevoReceipt) async throws(EngineError) {
    guard !known.isRetired else { throw known.refusalOfRetired }
    guard known.seeksJob, known.ask?.answer != .accepted else { return }
    let (survey, jobs) = try await study(known.pipeline, for: known.order)
    guard let receipt = survey.receipt(of: known.run), receipt.seeksJob else { return }
    if let other = foreign(receipt, survey) { return try giveWay(receipt, to: other) }
    guard receipt.mayBeAskedAgain(at: service.now(), patience) else {
      throw EngineError(.unavailable, receipt.wordsForUnlisted, .uncertain)
    }
    var again = receipt
    again.ask?.at = service.now()
    if receipt.ask?.answer == .refuted {
      again.ask?.before = HevoMark(jobs.rows)
    } else {
      again.ask?.times += 1
    }
    again.ask?.answer = .unknown
    try receipts.keep(again)
    try await send(again, after: receipt)
  }
}

extension HevoStart {
  /// A history that was cut short is begun again by Hevo itself, with the next job; one that is whole is read again by a resync.
  init(_ order: StartOrder, after jobs: HevoJobs) throws(EngineError) {
    switch order.mode {
    case _ where order.dropDestinationFirst: self = .resync(.dropAndLoad)
    case .historical: self = jobs.isHistoryUnfinished ? .syncNow : .resync(.evolveAndMerge)
    case .incremental: self = .syncNow
    case .snapshot, .continuous:
      throw EngineError(.brokenInput, "Hevo has no mode `\(order.mode.rawValue)`", .terminal)
    }
  }
}

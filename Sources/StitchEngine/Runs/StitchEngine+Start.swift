public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension StitchEngine {
  /// A start whose answer was lost is looked for first, and sent once more within a minute; after that only what is observed settles it.
  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    let id = try sourceID(of: order.spec)
    let known = try receipts.all()
    if let receipt = known.first(where: { $0.run == order.run }), !receipt.isOver(before: order) {
      return try await goOn(receipt)
    }
    if let other = known.first(where: { $0.source == id && $0.isOpen }) { throw refusal(because: other) }
    let source = try await find(id)
    let receipt = StitchReceipt(
      order: order, source: id, client: source.clientID, sourceName: source.name, askedAt: service.now())
    try receipts.keep(receipt)
    try await ask(receipt)
  }

  func find(_ id: Int) async throws(EngineError) -> StitchSource {
    let source: StitchSource
    do throws(CallFailure) {
      source = try await service.source(id)
    } catch {
      // Nothing was asked for yet, whatever became of this call.
      throw error.kind == .refused ? EngineError(error) : EngineError(.unavailable, error.message, .retryable)
    }
    guard source.deletedAt == nil else {
      throw EngineError(.refused, "source \(id) (`\(source.displayName)`) is deleted in Stitch", .terminal)
    }
    return source
  }

  private func refusal(because other: StitchReceipt) -> EngineError {
    guard other.job != nil else {
      return EngineError(
        .unavailable, "whether run \(other.run) of the same source has begun is not known yet", .retryable)
    }
    return EngineError(.alreadyRunning(other.run), "run \(other.run) of the same source is under way", .terminal)
  }

  private func ask(_ receipt: StitchReceipt) async throws(EngineError) {
    switch await answer(for: receipt.source) {
    case .success(.started(let job)): try accept(receipt, job: job, .told)
    case .success(.alreadyRunning): throw try conflict(with: receipt)
    case .success(.refused(let words)):
      try receipts.remove(receipt.run)
      throw EngineError(.refused, "Stitch does not start source \(receipt.source): \(words)", .terminal)
    case .failure(let failure):
      if !failure.mayHaveBeenTaken { try receipts.remove(receipt.run) }
      throw EngineError(failure)
    }
  }

  /// A clean first attempt met a job of somebody else's. It is followed under a number of its own, so that it is known when it is over.
  private func conflict(with receipt: StitchReceipt) throws(EngineError) -> EngineError {
    let numbers = try receipts.all().map(\.run).filter { $0.pipeline == receipt.run.pipeline }.map(\.number)
    let foreign = receipt.ofSomebodyElse(as: (numbers.max() ?? receipt.run.number) + 1, seenAt: service.now())
    // In this order: what is left of our own would be taken for asked.
    try receipts.remove(receipt.run)
    try receipts.keep(foreign)
    return EngineError(
      .alreadyRunning(foreign.run),
      "Stitch is already running a job of source \(receipt.source) that pipectl did not start; it is \(foreign.run) here",
      .terminal)
  }

  private func answer(for source: Int, again: Bool = false) async -> Result<StitchStartAnswer, CallFailure> {
    do throws(CallFailure) {
      return .success(try await service.start(source, again: again))
    } catch {
      return .failure(error)
    }
  }

  private func accept(
    _ receipt: StitchReceipt, job: String?, _ evidence: StitchReceipt.Evidence
  ) throws(EngineError) {
    var accepted = receipt
    accepted.job = StitchReceipt.Job(name: job, evidence: evidence, since: service.now())
    try receipts.keep(accepted)
  }

  /// What was asked for before is not asked for again, unless its answer was lost.
  private func goOn(_ receipt: StitchReceipt) async throws(EngineError) {
    guard !receipt.isRetired else { throw receipt.refusalOfRetired }
    // What somebody else had it run took the number.
    if receipt.isForeign { throw refusal(because: receipt) }
    guard receipt.job == nil, receipt.isOpen else { return }
    if let own = try await ownExtraction(of: receipt) { return try accept(receipt, job: own.jobName, .inferred) }
    guard receipt.mayBeAskedAgain(at: service.now(), within: patience) else { throw unknown(receipt) }
    try await askAgain(receipt)
  }

  /// What was certainly not taken says nothing of the call before it.
  private func askAgain(_ first: StitchReceipt) async throws(EngineError) {
    var receipt = first
    receipt.asks += 1
    try receipts.keep(receipt)
    switch await answer(for: receipt.source, again: true) {
    case .success(.started(let job)): try accept(receipt, job: job, .told)
    case .success(.alreadyRunning): try accept(receipt, job: nil, .inferred)
    case .success(.refused(let words)):
      try receipts.keep(first)
      throw EngineError(
        .unavailable, "Stitch does not start source \(receipt.source) a second time: \(words)", .uncertain)
    case .failure(let failure):
      if !failure.mayHaveBeenTaken { try receipts.keep(first) }
      throw EngineError(.unavailable, failure.message, .uncertain)
    }
  }

  private func unknown(_ receipt: StitchReceipt) -> EngineError {
    EngineError(.unavailable, receipt.wordsForUnknown, .uncertain)
  }

  /// The extraction of a run whose start was not heard of; nil where none shows. A list that cannot be read now shows nothing, and
  /// justifies nothing either.
  private func ownExtraction(of receipt: StitchReceipt) async throws(EngineError) -> StitchExtraction? {
    do throws(LookFailure) {
      var look = StitchLook(service: service, budget: budget, purpose: .safety)
      guard let found = try await look.extraction(of: receipt.source, client: receipt.client) else { return nil }
      return receipt.relation(to: found) == .own ? found : nil
    } catch {
      switch error {
      case .engine(let error): throw error
      case .call, .noCallsLeft: throw unknown(receipt)
      }
    }
  }
}

extension StitchReceipt {
  /// The job that was found running in the place of the one that was asked for, as a run of that number.
  fileprivate func ofSomebodyElse(as number: Int, seenAt now: Timestamp) -> StitchReceipt {
    var foreign = self
    foreign.order.run = RunID(pipeline: run.pipeline, number: number)
    foreign.order.trigger = .external
    foreign.order.attempt = 1
    foreign.order.reason = nil
    foreign.askedAt = now
    foreign.job = Job(name: nil, evidence: .inferred, since: now)
    return foreign
  }

  /// Whether this is what an earlier attempt of the same run left.
  func isOver(before order: StartOrder) -> Bool { order.attempt > self.order.attempt && !isOpen }

  func mayBeAskedAgain(at now: Timestamp, within patience: StitchPatience) -> Bool {
    job == nil && asks < 2 && isUnwanted != true && now - askedAt <= patience.secondAsk
  }

  var wordsForUnknown: String {
    "whether Stitch took the start of \(askedAt) is not known: its answer was lost. It is settled when an extraction of source \(source) "
      + "that began since then shows, by its schedule or by hand, or given up as lost a day later; until then nothing is started"
  }
}

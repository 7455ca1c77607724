import PipelineModel

extension PipelineFacts {
  /// Everything that bears on what the pipeline does next, the most pressing first.
  var whyFacts: [WhyView.Fact] {
    [engineFact, intentFact, lifecycleFact, activeFact].compactMap(\.self) + heldFacts + pending.map(fact)
      + [pauseFact, resumeFact, overdueFact].compactMap(\.self) + slotFacts
      + [historyFact, lastRunFact].compactMap(\.self)
  }

  private var engineFact: WhyView.Fact? {
    guard let unavailable else { return nil }
    return WhyView.Fact(
      type: "EngineUnavailable",
      message: "engine `\(record.applied.spec.engine.name)` could not be read, so nothing is done: \(unavailable)",
      at: now.description, help: "`pipectl doctor` looks closer; a request stays pending meanwhile")
  }

  private var intentFact: WhyView.Fact? {
    guard let openIntent else { return nil }
    return WhyView.Fact(
      type: "IntentOpen", message: "\(openIntent.id) was begun, and its outcome is not recorded yet",
      at: openIntent.recordedAt.description, help: "the next command that acts reads it back before anything else")
  }

  private var lifecycleFact: WhyView.Fact? {
    switch record.lifecycle {
    case .managed: nil
    case .orphaned(let since):
      WhyView.Fact(
        type: "Orphaned", message: "its manifest is gone from \(record.applied.sourceSet); it is left as it was",
        at: since.description,
        help:
          "`pipectl delete \(record.name)` lets it go, or `--prune` of the `apply` or `serve` that follows its source")
    case .forgotten(let at):
      WhyView.Fact(
        type: "Forgotten", message: "it was let go; history, states and requests stay", at: at.description,
        help: "applying its manifest again brings it back")
    }
  }

  private var activeFact: WhyView.Fact? {
    guard let activeRun else { return nil }
    let view = RunView(activeRun)
    let detail =
      (view.status.message.map { ": \($0)" } ?? "")
      + (activeRun.retryAt.map { "; \(activeRun.wordsForRetry), and another attempt begins at \($0)" } ?? "")
    return WhyView.Fact(
      type: "RunActive", message: "\(activeRun.id) is active (\(view.status.phase))\(detail)",
      at: view.status.startedAt,
      place: jobPlace(of: activeRun),
      help: "`pipectl logs -f \(activeRun.id)` follows it, `pipectl stop \(record.name)` ends it")
  }

  /// What a run came from names the manifest's field that asked for it.
  private func jobPlace(of run: RunRecord) -> String? {
    switch run.order.trigger {
    case .request(let id) where record.applied.spec.job?.request == id: "job"
    case .slot: "schedule"
    case .request, .external: nil
    }
  }

  private func fact(_ request: RequestRecord) -> WhyView.Fact {
    let unagreed = unagreed(request)
    guard unagreed.isEmpty else { return question(unagreed, of: request) }
    let expiry = request.job.expireAfter.map { "; it expires at \(request.recordedAt + $0)" } ?? ""
    return WhyView.Fact(
      type: "RequestPending",
      message:
        "request `\(request.key.request)` (\(request.job.action.verb)) by \(request.origin.name) is \(request.state.sentence)\(expiry)",
      at: request.recordedAt.description, place: request.origin == .manifest ? "job" : nil,
      help: request.state.run == nil ? nextToAct : nil)
  }

  private var nextToAct: String {
    slots.controller == nil
      ? "the next `pipectl apply` or `pipectl start` acts on it" : "the controller acts on it as soon as it can"
  }

  private func question(_ consents: [Consent], of request: RequestRecord) -> WhyView.Fact {
    WhyView.Fact(
      type: "ConsentNeeded",
      message:
        "request `\(request.key.request)` (\(request.job.action.verb)) by \(request.origin.name) waits: nobody agreed that it \(listed(consents.map(\.effect)))",
      at: request.recordedAt.description, place: request.origin == .manifest ? "job" : nil,
      help: agreement(to: request))
  }

  private var pauseFact: WhyView.Fact? {
    guard let pause else { return nil }
    let beside = override == nil ? "" : "; \(declaredPause)"
    return WhyView.Fact(
      type: "Paused", message: "paused\(pause.suffix); \(record.wordsForPaused)\(beside)",
      at: (override?.since ?? record.appliedAt).description, place: override == nil ? "paused" : nil,
      help: override == nil
        ? "change `paused` in its manifest, or `pipectl resume \(record.name)`"
        : "`pipectl pause \(record.name) --remove` lets the manifest's value hold again")
  }

  /// A resume by command, beside a manifest that may say paused.
  private var resumeFact: WhyView.Fact? {
    guard let override, !override.isPaused else { return nil }
    return WhyView.Fact(
      type: "Resumed", message: override.sentence + "; \(declaredPause)", at: override.since.description,
      place: "paused", help: "`pipectl resume \(record.name) --remove` lets the manifest's value hold again")
  }

  /// What still says paused, and no longer pauses.
  private var overdueFact: WhyView.Fact? {
    guard let overdueSince else { return nil }
    if let override = record.override {
      return WhyView.Fact(
        type: "OverrideExpired",
        message:
          "the \(override.isPaused ? "pause" : "resume") by \(override.by) is overdue: it has expired; \(declaredPause)",
        at: overdueSince.description,
        help: "`pipectl \(override.isPaused ? "pause" : "resume") \(record.name) --remove` clears it away")
    }
    return WhyView.Fact(
      type: "PauseOverdue", message: "the pause of its manifest is overdue: its end has passed, and it pauses nothing",
      at: overdueSince.description, place: "paused", help: "take `paused` out of the manifest, or give it another end")
  }

  private var historyFact: WhyView.Fact? {
    guard record.isHistoryPending else { return nil }
    return WhyView.Fact(
      type: "HistoryPending",
      message: "a historical run was cut: the next run, however started, begins the history again",
      at: lastEnded?.report.endedAt?.description,
      help: "`pipectl start \(record.name) --mode incremental` goes on from the old states instead")
  }

  private var lastRunFact: WhyView.Fact? {
    guard let lastEnded, let last = PipelineView.LastRun(lastEnded) else {
      return WhyView.Fact(type: "NeverRun", message: "no run of it has ended yet")
    }
    let isGood = lastEnded.report.status.outcome?.isGood ?? false
    return WhyView.Fact(
      type: "LastRun", message: "\(last.id) \(last.outcome)" + (last.reason.map { " (\($0))" } ?? ""), at: last.endedAt,
      place: jobPlace(of: lastEnded),
      help: isGood ? nil : "`pipectl describe run \(last.id)` and `pipectl logs \(last.id)` tell more")
  }
}

extension RunRecord {
  /// Why another attempt of it is due.
  fileprivate var wordsForRetry: String {
    retriedFailure.map { "it has failed (\($0.message.harmless))" } ?? "its supervisor was lost"
  }
}

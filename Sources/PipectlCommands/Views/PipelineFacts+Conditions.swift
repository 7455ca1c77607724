import PipelineModel

extension ConditionView {
  /// All there are.
  static let types =
    [
      "Ready", "Orphaned", "Forgotten", "Paused", "PauseOverdue", "SystemPaused", "Missing",
      "SettingsRefused", "Drifted",
      "RequestPending",
      "HistoryPending",
    ]
    + RunCondition.allCases.map(\.rawValue)
}

extension PipelineFacts {
  /// `Ready` first, then those that are true, in a fixed order.
  var conditions: [ConditionView] {
    [ready] + [orphaned, paused, overdue].compactMap(\.self) + heldConditions
      + [pendingRequest, historyPending].compactMap(\.self) + runConditions
  }

  /// Whether the destination holds what the latest run was to bring.
  private var ready: ConditionView {
    let engine = record.applied.spec.engine.name
    if let unavailable {
      return ready(.unknown, "EngineUnavailable", "engine `\(engine)` could not be read: \(unavailable)", nil)
    }
    if let openIntent {
      return ready(
        .unknown, "OutcomeUnknown",
        "the outcome of \(openIntent.id) is not known yet; it is read back by the next command",
        openIntent.recordedAt)
    }
    if let activeRun, case .unconfirmed(let since) = activeRun.report.status {
      return ready(
        .unknown, "RunUnconfirmed",
        "\(activeRun.id) is not proven to have ended; nothing starts until it is, and the next `pipectl apply`, `stop` or `wait` sees to it",
        since)
    }
    guard let lastEnded, let outcome = lastEnded.report.status.outcome else {
      return ready(.unknown, "NeverRun", "no run of it has ended yet", record.createdAt)
    }
    return ready(after: outcome, of: lastEnded)
  }

  private func ready(after outcome: RunOutcome, of run: RunRecord) -> ConditionView {
    let end = run.report.endedAt ?? run.observedAt
    switch outcome {
    case .succeeded: return ready(.yes, "RunSucceeded", "\(run.id) succeeded", end)
    case .completed: return ready(.yes, "RunCompleted", "\(run.id) was completed", end)
    case .cancelled:
      return ready(
        .no, "RunCancelled", "\(run.id) was cancelled; the next run goes on from the last confirmed state", end)
    case .failed(let failure):
      return ready(.no, "RunFailed", "\(run.id) failed (\(failure.code.rawValue)): \(failure.message)", end)
    case .lost:
      return ready(.no, "RunLost", "\(run.id) is lost: \(run.lossWords)", end)
    }
  }

  private func ready(
    _ status: ConditionView.Status, _ reason: String, _ message: String, _ since: Timestamp?
  ) -> ConditionView {
    ConditionView(type: "Ready", status: status, reason: reason, message: message, lastTransition: since?.description)
  }

  private var orphaned: ConditionView? {
    switch record.lifecycle {
    case .managed: nil
    case .orphaned(let since):
      holds("Orphaned", "ManifestGone", "its manifest is gone; it is left as it was (`--prune` lets it go)", since)
    case .forgotten(let at):
      holds("Forgotten", "LetGo", "it is no longer managed; history, states and requests stay", at)
    }
  }

  private var paused: ConditionView? {
    guard let pause else { return nil }
    return holds(
      "Paused", override == nil ? "Manifest" : "Command", "no slot starts a run" + pause.suffix,
      override?.since ?? record.appliedAt)
  }

  private var overdue: ConditionView? {
    guard let overdueSince else { return nil }
    return record.override == nil
      ? holds("PauseOverdue", "Manifest", "its manifest says paused, and the end of that has passed", overdueSince)
      : holds("PauseOverdue", "Command", "an override has expired and is still there; \(declaredPause)", overdueSince)
  }

  private var pendingRequest: ConditionView? {
    guard let request = pending.first else { return nil }
    let unagreed = unagreed(request)
    guard unagreed.isEmpty else {
      return holds(
        "RequestPending", "ConsentNeeded",
        "request `\(request.key.request)` (\(request.job.action.verb)) waits: nobody agreed that it \(listed(unagreed.map(\.effect))); \(agreement(to: request))",
        request.recordedAt)
    }
    return holds(
      "RequestPending", "Waiting",
      "request `\(request.key.request)` (\(request.job.action.verb)) is \(request.state.sentence)",
      request.recordedAt)
  }

  private var historyPending: ConditionView? {
    guard record.isHistoryPending else { return nil }
    return holds(
      "HistoryPending", "HistoryCut", "a historical run was cut: the next run reads the schema and the history again",
      lastEnded?.report.endedAt)
  }

  private var runConditions: [ConditionView] {
    guard let run = activeRun ?? lastEnded else { return [] }
    return run.report.conditions.map { condition in
      holds(condition.rawValue, "Run", "\(run.id): \(condition.sentence)", run.report.endedAt ?? run.observedAt)
    }
  }

  func holds(_ type: String, _ reason: String, _ message: String, _ since: Timestamp?) -> ConditionView {
    ConditionView(type: type, status: .yes, reason: reason, message: message, lastTransition: since?.description)
  }
}

extension RunCondition {
  var sentence: String {
    switch self {
    case .loadIncomplete: "the target did not end in time; what it had not confirmed comes again"
    case .statesUnconfirmed:
      "the tap told its state and the target confirmed none, so the next run reads the same again: a target prints each state that it has loaded"
    case .recordsFailed:
      "the engine calls it completed, and did not load some of its records; the engine's own pages tell which"
    case .cancelledBehind: "it came due behind a run that was being cancelled, and was cancelled with it"
    case .loadUnconfirmed: "not all of what was extracted was seen to be loaded; the engine's own pages tell more"
    case .verificationUnconfirmed: "what was migrated was to be compared with its source, and was not seen to be"
    case .configRewritten: "the tap changed its own configuration file; the change is not kept"
    case .tapKilled: "the tap did not end within the cancel grace and was killed"
    case .commandKilled: "the command did not end within the cancel grace and was killed"
    case .leftoversEnded: "the command left processes behind when it ended; they were ended too"
    case .noProgress: "nothing moves for longer than `limits.noProgress` allows; it goes on, as `action: alert` asks"
    case .believed: "its engine shows no run that goes on: that it does is believed from the answer to its start"
    case .stoppedUnseen:
      "its engine shows no run that goes on: the stop was sent for whatever ran there, and only what is listed afterwards tells what that was"
    case .inferred: "the answer to its start was lost; that it goes on is concluded from what was seen since"
    case .logTruncated: "a log reached its bound; it says where lines are left out"
    }
  }
}

import ControlLoop
import PipelineModel
import Reconciler

extension LoopResult {
  /// `Done: 1 created, 1 started.`, and which runs go on that were started before; absent where there is neither.
  var doneSentence: String? {
    let counts = executed.map(\.operation).verbCounts.map { "\($0.count) \(pastTense($0.verb))" }
    let done = counts.isEmpty ? [] : ["Done: \(counts.joined(separator: ", "))."]
    return joined(done.first, stillRunning)
  }

  private var stillRunning: String? {
    runsGoingOn.isEmpty ? nil : "Still running: \(listed(runsGoingOn.map(\.description))); see `pipectl wait`."
  }

  private var runsGoingOn: [RunID] {
    let started = runs.filter(\.isActive).map(\.id)
    let others = (firstPlan?.decisions ?? []).compactMap { decision -> RunID? in
      switch decision.reason {
      case .runActive(let run), .runStopping(let run), .runUnconfirmed(let run): run
      case _: nil
      }
    }
    let ended = Set(runs.filter { !$0.isActive }.map(\.id))
    return Set(started + others).subtracting(ended).sorted()
  }

  /// How the command went that pursued the goal.
  ///
  /// - Parameters:
  ///   - done: what to say when all is well.
  ///   - recorded: what is recorded and waits where it did not come to its end, requests apart.
  func verdict(done: String?, recorded: [String] = []) -> Verdict {
    switch outcome {
    case .done: return judged(done, problems)
    case .interrupted,
      .lockHeld where Interruption.signalNumber != nil:
      return .interrupted(farewell, signal: Interruption.signalNumber ?? 2)
    case .alreadyApplied:
      return judged(
        joined("Already applied: every operation of this plan was executed before.", stillRunning),
        runs.compactMap { problem(of: $0) })
    case let other:
      return .failed(
        ([other.sentence] + (other.leavesRecords ? recorded + leftPending : [])).joined(separator: Self.indent))
    }
  }

  private static let indent = "\n       "

  /// The requests that are recorded and not acted on yet: they act later, so whoever asked has to know.
  private var leftPending: [String] {
    requests.compactMap { request in
      guard case .pending = request.state else { return nil }
      let name = request.key.pipeline
      let instead = request.job.action.stopKind == nil ? "`pipectl stop \(name)`" : "a newer request"
      return
        "request `\(request.key.request)` of \(name) is recorded and stays pending: the next `pipectl apply`, or a controller, acts on it as soon as it can; \(instead) takes its place"
    }
  }

  private func judged(_ done: String?, _ problems: [String]) -> Verdict {
    problems.isEmpty ? .done(done) : .failed(problems.joined(separator: Self.indent))
  }

  /// What did not go well although the loop came to its end, one sentence each.
  private var problems: [String] {
    (firstPlan?.lastingRefusals ?? []) + requests.compactMap(\.problem) + runs.compactMap { problem(of: $0) }
      + executed.compactMap(\.problem)
  }

  private func problem(of run: RunRecord) -> String? {
    guard let outcome = run.report.status.outcome, !outcome.isGood else { return nil }
    let look = "`pipectl describe run \(run.id)` and `pipectl logs \(run.id)` tell more"
    switch outcome {
    case .succeeded, .completed: return nil
    case .cancelled: return wasStopped(run.id) ? nil : "\(run.id) was cancelled by somebody else; \(look)"
    case .failed(let failure):
      return "\(run.id) failed (\(failure.code.rawValue)): \(failure.message.harmless); \(look)"
    case .lost:
      let next = run.order.spec.work.migration == nil ? "goes on from what was confirmed" : "begins anew"
      return "\(run.id) is lost: \(run.lossWords); `pipectl start \(run.id.pipeline)` \(next); \(look)"
    }
  }

  /// Whether the goal itself stopped the run, now or before it was cut off and asked again.
  private func wasStopped(_ run: RunID) -> Bool {
    requests.contains { $0.cancels(run) }
      || executed.contains { execution in
        if case .stop(let order) = execution.operation.effect { order.run == run } else { false }
      }
  }

  private var farewell: String {
    let active = runs.filter(\.isActive).map(\.id)
    let pending = leftPending.map { "\n" + $0 + "." }.joined()
    guard let first = active.first else { return "Interrupted; nothing that was started is still running." + pending }
    let (verb, them) = active.count == 1 ? ("goes", "it") : ("go", "one")
    return
      "Interrupted. \(listed(active.map(\.description))) \(verb) on: `pipectl wait \(first.pipeline)` waits for \(them), "
      + "`pipectl stop \(first.pipeline)` ends \(them)." + pending
  }
}

extension LoopOutcome {
  /// Whether what was asked for was recorded before it came to this end.
  fileprivate var leavesRecords: Bool {
    switch self {
    case .enginesUnavailable, .notConverging: true
    case .done, .alreadyApplied, .consentNeeded, .savedPlanOutdated, .environmentMismatch, .notManaged, .followed,
      .lockHeld, .storeFailed, .pending, .lawBroken, .interrupted:
      false
    }
  }
}

extension Execution {
  fileprivate var problem: String? {
    switch answer {
    case .done, .alreadyRunning, .runUnknown: nil
    // What the request or the run says of it is better.
    case .wrongStage, .refused, .occupied: operation.request == nil ? "\(operation.id): \(answer.sentence)" : nil
    case .unavailable, .uncertain: nil
    }
  }
}

extension RequestRecord {
  /// Whether the end of that run is what was asked for: by a cancel of it, or by a start that replaces it.
  fileprivate func cancels(_ run: RunID) -> Bool {
    guard key.pipeline == run.pipeline else { return false }
    switch job.action {
    case .cancel: return state.result == .done(run) || state.result == .alreadyEnded(run)
    case .start(let options): return options.ifRunning == .replace && state.result != .done(run)
    case .complete: return false
    }
  }

  fileprivate var problem: String? {
    switch state.result {
    case .refused(let refusal): "request `\(key.request)` of \(key.pipeline) was refused: \(words(for: refusal))"
    case .expired: "request `\(key.request)` of \(key.pipeline) expired before it could be acted on"
    case .superseded(let other): "request `\(key.request)` of \(key.pipeline) was superseded by `\(other)`"
    case .done, .alreadyEnded, .nothingToCancel, nil: nil
    }
  }
}

extension RequestRecord {
  /// In the words of whoever asked: options for a command, keys for a manifest.
  private func words(for refusal: Refusal) -> String {
    switch (refusal, origin) {
    case (.alreadyRunning(let run), .command):
      "\(run) is running; --if-running wait waits for it, --if-running replace cancels it first"
    case (.alreadyRunning, .manifest), (.notInChangeCapture, _), (.nothingToComplete, _), (.undeclared, _),
      (.cannotDropDestination, _),
      (.commandNotRunning, _), (.engine, _):
      refusal.sentence
    }
  }
}

extension Preview {
  /// Engines that could not be read, and of whose pipelines the plan says nothing: so whether they are as they should be is not known (law 7).
  var unreadEngines: [String] {
    let told = Set(
      plan.decisions.compactMap { decision in
        if case .engineUnavailable(let engine, _) = decision.reason { engine } else { nil }
      })
    return engines.compactMap { availability in
      guard case .unavailable(let words) = availability.answer, !told.contains(availability.engine) else { return nil }
      return
        "engine `\(availability.engine)` could not be read, so it is not known whether its pipelines are as they should be: \(words)"
    }
  }
}

extension Plan {
  /// What was asked for and is not done, for a reason that somebody has to mend; one sentence each.
  var refusals: [String] { lastingRefusals + unreadable }

  /// Those that waiting does not mend.
  var lastingRefusals: [String] {
    let prunes = warnings.compactMap { warning in
      if case .pruneRefused = warning { warning.sentence } else { nil }
    }
    return prunes
      + decisions.compactMap { decision in
        guard case .ownedElsewhere(let set) = decision.reason else { return nil }
        return "\(decision.pipeline) belongs to \(set); nothing is done to it (--adopt takes it over)"
      }
  }

  private var unreadable: [String] {
    decisions.compactMap { decision in
      guard case .engineUnavailable(let engine, let words) = decision.reason else { return nil }
      return "engine `\(engine)` could not be read, so nothing is done to \(decision.pipeline): \(words)"
    }
  }
}

private func pastTense(_ verb: String) -> String {
  switch verb {
  case "cancel": "told to cancel"
  case "complete": "told to complete"
  case "set-schedule": "rescheduled"
  case "write-settings": "brought into line"
  case "forget": "let go"
  case "settle-request": "request settled"
  case _: verb + (verb.hasSuffix("e") ? "d" : "ed")
  }
}

private func joined(_ sentences: String?...) -> String? {
  let said = sentences.compactMap { $0 }
  return said.isEmpty ? nil : said.joined(separator: " ")
}

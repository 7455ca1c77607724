import SeededRandom
import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import StoreAPI

/// How a scenario is brought to its end and judged.
extension SimulatedWorld {
  func run() -> Verdict {
    while let action = actions.popLast() {
      act(action)
      if random.chance(30) { inspect(DesiredState()) }
    }
    if scenario.isServed {
      if !hasSettled {
        if settlingSince == nil { calmDown() }
        settlingSince = settlingSince ?? now
        serve(serveOptions)
      }
      judgeStaying()
    } else {
      settle()
      judge()
    }
    return Verdict(
      scenario: scenario, violations: audit.violations, trace: trace, effects: effects, crashes: crashes,
      runs: engines.runs.count)
  }

  /// Everything works again, and time passes until nothing moves any more.
  private func settle() {
    calmDown()
    for _ in 0..<(engines.hasServices ? 600 : 60) {
      // What another source set's manifests claim is left alone by theirs, and carried on without them.
      for goal in [lastGoal, LoopGoal(consents: .everything)] {
        guard let result = pursue(goal) else { return }
        if case .notConverging(let operations) = result.outcome {
          audit.fail(5, nil, "it does not come to rest: \(operations.map(\.id))")
        }
      }
      guard let next = nextMoment else { return }
      pass(TimeSpan(milliseconds: max(1, (next - now).milliseconds)))
    }
    audit.fail(5, nil, "it does not come to rest")
  }

  func calmDown() {
    note("world", "everything works from now on")
    crashPlan = .never
    engines.calmDown()
    isInterruptDue = false
    storeTroubles = 0
  }

  /// When something moves again by itself.
  private var nextMoment: Timestamp? {
    if let change = nextChange { return change }
    guard let stored = try? store.load(StoreQuery()) else { return nil }
    return stored.runs.contains(where: \.isActive) || stored.requests.contains { $0.state.result == nil }
      || stored.pipelines.contains(where: \.hasRefusedSettings)
      ? inspect(DesiredState())?.wakeAt : nil
  }

  /// What the last apply wanted, without its consents being asked again.
  private var lastGoal: LoopGoal {
    let applied = scenario.actions.compactMap { action -> Manifests? in
      switch action {
      case .apply(let manifests, _, _), .applySaved(let manifests, _): manifests
      case .request, .pause, .foreignRun, .meddle, .outage, .interrupt, .wait, .push, .unreachable, .serve, .end, .kill,
        .setClock, .storeTrouble:
        nil
      }
    }
    return LoopGoal(desired: applied.last?.desired ?? DesiredState(), consents: .everything)
  }

  private func judge() {
    if let plan = inspect(DesiredState()) { demandNothing(plan) }
    guard let plan = inspect(lastGoal.desired) else { return }
    demandNothing(plan)
    if let wakeAt = plan.wakeAt {
      pass(TimeSpan(milliseconds: max(0, (wakeAt - now).milliseconds - 1)))
      if let later = inspect(lastGoal.desired) { demandNothing(later) }
    } else {
      pass(TimeSpan(seconds: 86_400 * 400))
      if let later = inspect(lastGoal.desired) { demandNothing(later) }
    }
    do {
      try audit.closed(engines, store: store)
    } catch {
      audit.fail(14, nil, "the store failed: \(error.message)")
    }
  }

  func demandNothing(_ plan: Plan) {
    for operation in plan.operations { audit.fail(5, operation.pipeline, "a settled world still gets \(operation.id)") }
    let news = plan.bookkeeping.filter { !$0.isAboutPausedSlots }
    if !news.isEmpty { audit.fail(5, nil, "a settled world still gets noted: \(news.map(\.words))") }
  }

  /// Plans without doing anything, and demands that the order of the inputs does not matter (law 11).
  @discardableResult
  func inspect(_ desired: DesiredState) -> Plan? {
    guard let stored = try? store.load(StoreQuery(requests: desired.requestKeys)) else { return nil }
    var copy = engines
    copy.forgetFaults()
    let answers = copy.names.map { name in
      let look = copy.look(at: name)
      return EngineAnswer(engine: name, observation: look.observation.at(now), held: look.held)
    }
    let absorption = absorb(answers, into: stored, now: now)
    let known = absorption.stored
    var wanted = desired
    if scenario.isServed { wanted.zones = .simulated }
    let plan = plan(wanted, known, absorption.engines)
    if self.plan(shuffled(wanted), shuffled(known), absorption.engines) != plan {
      audit.fail(11, nil, "another order of the inputs gives another plan")
    }
    return plan
  }

  private func shuffled(_ desired: DesiredState) -> DesiredState {
    var copy = desired
    copy.pipelines.shuffle(using: &random)
    return copy
  }

  private func shuffled(_ stored: StoredState) -> StoredState {
    var copy = stored
    copy.pipelines.shuffle(using: &random)
    copy.requests.shuffle(using: &random)
    copy.intents.shuffle(using: &random)
    copy.runs.shuffle(using: &random)
    return copy
  }

  private func plan(_ desired: DesiredState, _ stored: StoredState, _ engines: [EngineAvailability]) -> Plan {
    let observed = ObservedState(stored: stored, engines: engines)
    let plan = makePlan(
      scope: nil, desired: desired, observed: observed, openIntents: stored.intents, ledger: stored.requests,
      firesSlots: scenario.isServed, now: now)
    for violation in checkLaws(
      of: plan, desired: desired, observed: observed, openIntents: stored.intents, ledger: stored.requests)
    {
      audit.fail(violation.law, violation.pipeline, "in a preview: \(violation.message)")
    }
    return plan
  }
}

extension StateChange {
  /// Slots that pass during a pause have their outcome when somebody looks next: nobody gets up for them.
  fileprivate var isAboutPausedSlots: Bool {
    switch self {
    case .putSlot(let slot): slot.outcome == .skipped(.paused)
    case .putSchedule(let progress): progress.waiting.isEmpty
    case .putPipeline, .putRun, .dropRun, .putRequest, .putIntent, .appendState, .putCatalog, .appendCommit,
      .bindEnvironment:
      false
    }
  }
}

extension DesiredState {
  fileprivate var requestKeys: [RequestKey] {
    pipelines.compactMap { pipeline in pipeline.spec.job.map { RequestKey(pipeline.name, $0.request) } }
  }
}

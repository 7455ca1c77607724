import SeededRandom
import ControlLoop
import PipelineModel
import Reconciler
import StoreAPI

/// What users do.
extension SimulatedWorld {
  func act(_ action: UserAction) {
    switch action {
    case .apply(let manifests, let until, let consents): apply(manifests, until, consents)
    case .applySaved(let manifests, let delay): applySaved(manifests, after: delay)
    case .request(let pipeline, let job, let until, let consents): request(job, of: pipeline, until, consents)
    case .pause(let pipeline, let override): pause(pipeline, override)
    case .foreignRun(let pipeline): startForeignRun(pipeline)
    case .outage(let span):
      note("world", "the engine is out for \(span)")
      engines.breakDown(until: engines.now + span)
    case .meddle(let pipeline): meddle(pipeline)
    case .interrupt: isInterruptDue = true
    case .wait(let span):
      note("world", "\(span) pass")
      pass(span)
    case .push(let push): self.push(push)
    case .serve(let options): serve(options)
    case .setClock(let span): setClock(span)
    case .storeTrouble(let count): storeTroubles = count
    case .unreachable, .end, .kill: break
    }
  }

  func push(_ push: Push) {
    source.take(push)
    note("user", "pushes \(source.head?.id ?? "nothing"): \(push.words)")
  }

  func setClock(_ span: TimeSpan) {
    note("world", "the clock is set by \(span)")
    now = now + span
    audit.clockWasSet()
  }

  private func apply(_ manifests: Manifests, _ until: WaitGoal, _ consents: ConsentGrant) {
    note("user", "applies \(manifests.pipelines.map(\.words).joined(separator: ", ")), until \(until)")
    insist(LoopGoal(desired: manifests.desired, consents: consents, until: until, environment: "prod"))
  }

  private func applySaved(_ manifests: Manifests, after delay: TimeSpan) {
    note("user", "saves a plan for \(manifests.pipelines.map(\.words).joined(separator: ", "))")
    guard let plan = inspect(manifests.desired) else { return }
    pass(delay)
    note("user", "applies the saved plan: \(plan.operations.map(\.id))")
    let goal = LoopGoal(
      desired: manifests.desired, consents: .everything, until: .settled, savedPlan: plan.operations)
    insist(goal)
    insist(goal)
  }

  private func request(
    _ job: JobRequest, of pipeline: PipelineName, _ until: WaitGoal, _ consents: ConsentGrant
  ) {
    note("user", "asks \(pipeline) for \(job.request): \(job.action)")
    insist(requestGoal(job, of: pipeline, until, consents))
  }

  func requestGoal(
    _ job: JobRequest, of pipeline: PipelineName, _ until: WaitGoal, _ consents: ConsentGrant
  ) -> LoopGoal {
    let record = RequestRecord(
      key: RequestKey(pipeline, job.request), job: job, origin: .command(by: "user"), recordedAt: now,
      state: .pending(behind: nil))
    return LoopGoal(scope: [pipeline], submissions: [.request(record)], consents: consents, until: until)
  }

  private func pause(_ pipeline: PipelineName, _ override: PauseOverride?) {
    note("user", "sets the pause of \(pipeline) to \(override.map { $0.isPaused ? "paused" : "active" } ?? "git's")")
    insist(pauseGoal(pipeline, override))
  }

  func pauseGoal(_ pipeline: PipelineName, _ override: PauseOverride?) -> LoopGoal {
    LoopGoal(scope: [pipeline], submissions: [.override(pipeline, override)])
  }

  private func startForeignRun(_ pipeline: PipelineName) {
    guard let stored = try? store.load(.init()), engines.active(of: pipeline).isEmpty,
      let record = stored.pipelines.first(where: { $0.name == pipeline })
    else { return }
    let open = stored.runs.contains { $0.id.pipeline == pipeline && $0.isActive }
    guard !open, !record.isForgotten else { return }
    beginForeignRun(record)
  }

  private func beginForeignRun(_ record: PipelineRecord) {
    let known = engines.runs.keys.filter { $0.pipeline == record.name }.map(\.number).max() ?? 0
    let run = RunID(pipeline: record.name, number: max(record.lastRunNumber, known) + 10)
    note("world", "\(run) is started behind pipectl's back")
    engines.startForeign(
      StartOrder(
        run: run, trigger: .external, mode: .incremental, generation: record.generation, spec: record.applied.spec,
        refreshSchema: false))
  }

  /// Somebody clicks in a service's own interface, whatever pipectl is at there.
  private func meddle(_ pipeline: PipelineName) {
    guard let record = (try? store.load(.init()))?.pipelines.first(where: { $0.name == pipeline }) else { return }
    let name = record.applied.spec.engine.name
    guard name != .local else { return }
    if random.chance(40) { return beginForeignRun(record) }
    note("world", "somebody changes \(pipeline) at \(name)")
    engines.meddle(with: pipeline, at: name)
  }

  /// Runs a command; where the process dies, the user may type it again.
  private func insist(_ goal: LoopGoal) {
    for _ in 0..<20 {
      if pursue(goal) != nil { return }
      guard random.chance(scenario.repeats) else { return }
    }
  }
}

extension Push {
  var words: String {
    switch self {
    case .manifests(let manifests): manifests.pipelines.map(\.words).joined(separator: ", ")
    case .rewritten(let manifests): "rewritten, " + manifests.pipelines.map(\.words).joined(separator: ", ")
    case .mistakes: "mistakes"
    }
  }
}

extension DesiredPipeline {
  var words: String {
    spec.job.map { "\(name) (\($0.request): \($0.action.words))" } ?? "\(name)"
  }
}

extension JobAction {
  var words: String {
    switch self {
    case .cancel, .complete: verb
    case .start(let options): "start, ifRunning \(options.ifRunning.rawValue)"
    }
  }
}

extension LoopOutcome {
  var words: String {
    switch self {
    case .done: "done"
    case .alreadyApplied: "already applied"
    case .consentNeeded(let operations): "consent needed for \(operations.map(\.id))"
    case .savedPlanOutdated(let failed): "the saved plan is outdated: \(failed.map(\.precondition))"
    case .environmentMismatch(let folder, let asked): "the folder serves \(folder), not \(asked)"
    case .notManaged(let names): "not managed: \(names)"
    case .followed(let sets): "followed by the controller: \(sets)"
    case .lockHeld(let holder): "the lock is held by \(holder)"
    case .storeFailed(let error): "the store failed: \(error.message)"
    case .enginesUnavailable(let engines): "unavailable: \(engines.map(\.engine))"
    case .pending(let keys): "pending: \(keys)"
    case .notConverging(let operations): "never done: \(operations.map(\.id))"
    case .lawBroken(let violations): "a law is broken: \(violations)"
    case .interrupted: "interrupted"
    }
  }
}

import ControlLoop
import PipelineModel
import Reconciler
import SeededRandom
import StoreAPI

/// A controller that stays, and what happens while it does.
extension SimulatedWorld {
  /// Starts one; where it dies, it is started again, now and then only after a while.
  func serve(_ options: ServeOptions) {
    serveOptions = options
    for _ in 0..<20 {
      let before = crashes
      stay()
      guard crashes > before, settlingSince == nil else { return }
      if case .sometimes = crashPlan {
        guard random.chance(80) else { return }
        pass(TimeSpan(seconds: Int64(random.int(0...1200))))
      }
    }
  }

  /// From its start to its end: told to, killed, or with nothing left to happen.
  private func stay() {
    let actor = newActor()
    let commits = (try? store.commits(limit: 1000)) ?? []
    let status = SourceStatus(source.set, commits: commits)
    note(actor, "stays")
    staying = StayingProcess(actor: actor, source: status)
    readSource()
    var state = ServeState(serveOptions, source: status)
    var event: ServeEvent? = .began(now: now)
    while let heard = event {
      let (next, wanted) = ControlLoop.serve(state, heard)
      state = next
      event = nil
      for effect in wanted {
        guard survives(actor) else { return }
        switch effect {
        case .pursue(let goal):
          guard let result = pursueStaying(goal, actor) else { return }
          event = .looked(result, now: now)
        case .record(let changes): event = .noted(recordCommit(changes, actor), now: now)
        case .tidy: event = .tidied(isPassOver: true, now: now)
        case .wait(let runs, let until):
          guard let nudges = wait(runs, until: mutated(until: until)) else { return }
          event = .woke(nudges, now: now)
        case .report(.source(let status)): staying?.source = status
        case .report: break
        case .finish:
          note(actor, "ends")
          staying = nil
          return
        }
      }
    }
    audit.fail(14, nil, "a controller that stays stopped without being told to")
  }

  /// A commit is all or nothing: one that is refused leaves what was applied as it was.
  private func pursueStaying(_ goal: LoopGoal, _ actor: String) -> LoopResult? {
    let before = audit.applied
    guard let result = pursue(goal, as: actor) else { return nil }
    switch result.outcome {
    case .consentNeeded, .environmentMismatch, .lawBroken, .lockHeld, .notManaged, .followed:
      if audit.applied != before { audit.fail(7, nil, "a commit that is refused is applied in part") }
    case .done, .alreadyApplied, .savedPlanOutdated, .storeFailed, .enginesUnavailable, .pending, .notConverging,
      .interrupted:
      break
    }
    return result
  }

  private func recordCommit(_ changes: [StateChange], _ actor: String) -> StoreError? {
    guard !changes.isEmpty else { return nil }
    let latest = (try? store.commits(limit: 1))?.first
    for case .appendCommit(let record) in changes {
      if let latest, latest.commit == record.commit, latest.result.isGood, record.result == .nothingToDo {
        audit.fail(5, nil, "\(record.commit) is recorded anew, and nothing came of it")
      }
    }
    return record(mutated(changes: changes), actor)
  }

  /// The feed looks at the repository.
  func readSource() {
    guard let process = staying else { return }
    let found = source.look(seen: process.seen, applied: process.source.appliedCommit)
    switch found {
    case .manifests(_, _, let commit, _), .rejected(_, let commit): staying?.seen = commit
    case .unchanged, .rewritten, .unreadable: break
    }
    tell(found)
  }

  private func tell(_ found: SourceNews.Found) {
    staying?.nudges.append(.source(SourceNews(source: source.set, readAt: now, found: found)))
  }

  /// Time passes until there is something to tell; absent: the process is gone, or the story is over.
  private func wait(_ runs: [RunID], until: Timestamp?) -> [Nudge]? {
    let actor = staying?.actor ?? ""
    note(actor, "waits for \(runs) until \(until.map(\.description) ?? "whenever")")
    if staying?.nudges.isEmpty ?? true { audit.sleeping(until: until, now: now) }
    if isLocked { audit.fail(1, nil, "a controller waits and holds the lock") }
    while true {
      guard let process = staying else { return nil }
      if let over = process.calls.firstIndex(where: isOver) {
        resumeCall(at: over)
        continue
      }
      if !process.nudges.isEmpty {
        staying?.nudges = []
        return process.nudges
      }
      if let until, until <= now { return [] }
      if process.idleUntil.map({ $0 <= now }) ?? true, !actOrSettle() { return nil }
      guard staying?.nudges.isEmpty ?? true, staying?.calls.contains(where: isOver) != true else { continue }
      guard letTimePass(runs, until) else { return nil }
    }
  }

  /// The next action; false where the story is over.
  private func actOrSettle() -> Bool {
    guard let action = actions.popLast() else { return settleStaying() }
    actWhileStaying(action)
    return staying != nil
  }

  private func actWhileStaying(_ action: UserAction) {
    switch action {
    case .wait(let span): staying?.idleUntil = now + span
    case .request(let pipeline, let job, let until, let consents):
      note("user", "asks \(pipeline) for \(job.request): \(job.action)")
      handOver(requestGoal(job, of: pipeline, until, consents))
    case .pause(let pipeline, let override):
      note("user", "sets the pause of \(pipeline) to \(override.map { $0.isPaused ? "paused" : "active" } ?? "git's")")
      handOver(pauseGoal(pipeline, override))
    case .push(let push):
      self.push(push)
      readSource()
    case .unreachable:
      note("world", "the repository is out of reach")
      tell(.unreadable("connection refused"))
      if random.chance(50) { readSource() }
    case .serve: staying?.nudges.append(.resync)
    case .end(let drain): staying?.nudges.append(.end(drain: drain))
    case .kill: die(staying?.actor ?? "", "is KILLED")
    // What a controller follows is not applied by hand.
    case .apply, .applySaved, .interrupt: break
    case .setClock, .storeTrouble, .foreignRun, .meddle, .outage: act(action)
    }
  }

  /// A command's goal, in the process that has the folder.
  private func handOver(_ goal: LoopGoal) {
    let call = LoopCall(actor: newActor(), goal: goal)
    audit.restarted()
    goOn(call, .begin(goal, now: now))
  }

  private func resumeCall(at position: Int) {
    guard let waiting = staying?.calls.remove(at: position) else { return }
    goOn(waiting.call, .woke(now: now))
  }

  private func goOn(_ call: LoopCall, _ event: LoopEvent) {
    var call = call
    switch resume(&call, event) {
    case .dead: return
    case .finished: break
    case .waiting(let runs, let until):
      // Services tell of nothing by themselves, so they are looked at again and again.
      let again = engines.hasServices && !runs.isEmpty ? now + TimeSpan(seconds: 30) : nil
      staying?.calls.append(
        StayingProcess.WaitingCall(call: call, runs: statuses(of: runs), until: [until, again].compactMap { $0 }.min()))
    }
    staying?.nudges.append(.touched(call.goal.scope ?? []))
  }

  private func isOver(_ waiting: StayingProcess.WaitingCall) -> Bool {
    waiting.until.map { $0 <= now } ?? false || statuses(of: Array(waiting.runs.keys)) != waiting.runs
  }

  private func statuses(of runs: [RunID]) -> [RunID: RunStatus?] {
    let truth = engines.runs
    return Dictionary(runs.map { ($0, truth[$0]?.status) }, uniquingKeysWith: { first, _ in first })
  }

  /// To whatever happens next by itself; false where nothing ever does.
  private func letTimePass(_ runs: [RunID], _ until: Timestamp?) -> Bool {
    guard let process = staying else { return false }
    let instants =
      [until, nextChange, lookAgain(runs), process.idleUntil.flatMap { $0 > now ? $0 : nil }]
      + process.calls.map(\.until)
    guard let next = instants.compactMap({ $0 }).min() else {
      audit.fail(5, nil, "a controller waits for what never comes")
      return false
    }
    let before = statuses(of: runs)
    pass(TimeSpan(milliseconds: max(0, (next - now).milliseconds)))
    if statuses(of: runs) != before || engines.hasServices && !runs.isEmpty { staying?.nudges.append(.runsChanged) }
    return true
  }

  /// Everything works again, and time passes until nothing moves any more; false where the story is over.
  private func settleStaying() -> Bool {
    guard let since = settlingSince else {
      calmDown()
      settlingSince = now
      // Nobody tells of what others start.
      if engines.hasServices || engines.runs.values.contains(where: \.isForeign) { staying?.nudges.append(.resync) }
      readSource()
      return true
    }
    if isAtRest {
      hasSettled = true
      staying = nil
      return false
    }
    guard now < since + TimeSpan(seconds: 5 * 86_400) else {
      audit.fail(5, nil, "it does not come to rest")
      return false
    }
    return true
  }

  private var isAtRest: Bool {
    guard let stored = try? store.load(StoreQuery()), staying?.calls.isEmpty ?? true else { return false }
    return nextChange == nil && isSourceRecorded && stored.intents.isEmpty && !stored.runs.contains(where: \.isActive)
      && !stored.pipelines.contains(where: \.hasRefusedSettings) && !stored.requests.contains { $0.state.result == nil }
      && stored.schedules.allSatisfy(\.waiting.isEmpty)
  }

  private var isSourceRecorded: Bool {
    guard let head = source.head, head.history == 0 else { return true }
    return (try? store.commits(limit: 1000))?.contains { $0.commit == head.id } ?? false
  }
}

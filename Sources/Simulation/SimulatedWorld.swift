import SeededRandom
import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import StoreAPI

/// One state folder, one engine, one clock; controllers come and go.
final class SimulatedWorld {
  let scenario: Scenario
  let store = MemoryStore()
  var engine: ModelEngine
  var now = Timestamp(seconds: 1_800_000_000)
  var random: SplitMix64
  var audit = Audit()
  var trace: [TraceLine] = []
  var crashPlan: CrashPlan
  var effects = 0
  var crashes = 0
  var commands = 0
  /// What is still to be done; whoever waits lets the time pass, and others act meanwhile.
  var actions: [UserAction]
  var isInterruptDue = false
  private var isLocked = false
  private var controllers = 0

  init(_ scenario: Scenario) {
    self.scenario = scenario
    random = SplitMix64(seed: scenario.seed)
    engine = ModelEngine(faults: scenario.faults, now: now, seed: random.next())
    crashPlan = scenario.crashes
    actions = scenario.actions.reversed()
  }

  func note(_ actor: String, _ text: String) {
    trace.append(TraceLine(at: now, actor: actor, text: text))
  }

  func pass(_ span: TimeSpan) {
    now = now + span
    engine.advance(to: now)
  }

  /// One process: a fresh loop over the store and the engine. Absent: it died.
  func pursue(_ goal: LoopGoal) -> LoopResult? {
    controllers += 1
    let actor = "controller \(controllers)"
    let outer = audit.goal
    audit.goal = goal
    defer { audit.goal = outer }
    audit.restarted()
    var state = LoopState()
    var event: LoopEvent? = .begin(goal, now: now)
    while let heard = event {
      let (next, wanted) = step(state, heard)
      if case .answered = heard, !step(next, heard).1.isEmpty {
        audit.fail(6, nil, "an answer that comes twice is acted on twice")
      }
      state = next
      event = nil
      for effect in wanted {
        effects += 1
        if diesNow() {
          note(actor, "DIES before effect \(effects)")
          crashes += 1
          isLocked = false
          return nil
        }
        if case .finish(let result) = effect { return finished(result, actor) }
        event = perform(effect, actor) ?? event
      }
    }
    audit.fail(14, nil, "the loop stopped without a result, in \(state.phase)")
    isLocked = false
    return nil
  }

  private func diesNow() -> Bool {
    switch crashPlan {
    case .never: false
    case .before(let number): effects == number
    case .sometimes(let percent): random.chance(percent)
    }
  }

  private func finished(_ result: LoopResult, _ actor: String) -> LoopResult {
    note(actor, "ends: \(result.outcome.words)")
    if isLocked { audit.fail(1, nil, "the lock is kept after the end") }
    if case .lawBroken(let violations) = result.outcome {
      for violation in violations { audit.fail(violation.law, violation.pipeline, "in a plan: \(violation.message)") }
    }
    if case .storeFailed(let error) = result.outcome { audit.fail(6, nil, "the store refuses: \(error.message)") }
    return result
  }

  private func perform(_ effect: LoopEffect, _ actor: String) -> LoopEvent? {
    switch effect {
    case .lock:
      if isLocked { return .lockRefused(holder: "another controller") }
      isLocked = true
      return .locked(now: now)
    case .unlock:
      isLocked = false
      return nil
    case .load(let query): return load(query)
    case .observe(let engines): return observe(engines, actor)
    case .commit(let changes): return commit(changes, actor)
    case .execute(let operation): return execute(operation, actor)
    case .retire(let run, _): return retire(run, actor)
    case .wait(let runs, let until): return wait(runs, until, actor)
    case .report, .finish: return nil
    }
  }

  private func load(_ query: LoopQuery) -> LoopEvent {
    do {
      return .loaded(try store.records(query), now: now)
    } catch {
      return .storeFailed(error)
    }
  }

  private func observe(_ names: [EngineName], _ actor: String) -> LoopEvent {
    let answers = names.map { name in
      pass(engine.duration())
      return EngineAnswer(engine: name, observation: mutated(observation: engine.observe()))
    }
    var isComplete = true
    var illegible: [UnreadableRun] = []
    for answer in answers {
      switch answer.observation {
      case .unavailable(let reason, _):
        isComplete = false
        note(actor, "\(answer.engine) is unavailable: \(reason)")
      case .complete(_, _, _, let unreadable):
        illegible += unreadable
        for run in unreadable { note(actor, "\(run.run) cannot be read") }
      }
    }
    if scenario.mutation != .unreadableTakenForEmpty {
      audit.observed(isComplete: isComplete && !answers.isEmpty, unreadable: illegible)
    }
    return .observed(answers, now: now)
  }

  private func commit(_ changes: [StateChange], _ actor: String) -> LoopEvent {
    let kept = mutated(changes: changes)
    note(actor, "commits " + kept.map(\.words).joined(separator: "; "))
    do {
      try store.commit(kept)
    } catch {
      return .storeFailed(error)
    }
    audit.committed(kept, engine: engine)
    return .committed(now: now)
  }

  private func execute(_ operation: Operation, _ actor: String) -> LoopEvent {
    do throws(StoreError) {
      let basis = try store.basis(of: operation.pipeline)
      audit.calling(operation, basis: basis.state, engine: engine)
    } catch {
      return .storeFailed(error)
    }
    pass(engine.duration())
    let truth = call(mutated(operation: operation))
    audit.compare(engine)
    audit.answered(operation, truth)
    note(actor, "calls \(operation.id): \(truth)")
    return .answered(operation.id, mutated(answer: truth), now: now)
  }

  private func call(_ operation: Operation) -> OperationAnswer {
    do throws(EngineError) {
      switch operation.effect {
      case .start(let order): try engine.start(order)
      case .stop(let order): try engine.stop(order)
      case .write, .configure, .forget, .settle: break
      }
      return .done
    } catch {
      return OperationAnswer(error)
    }
  }

  private func retire(_ run: RunID, _ actor: String) -> LoopEvent {
    do throws(EngineError) {
      try engine.retire(run)
      note(actor, "retires \(run)")
    } catch {
      note(actor, "could not retire \(run): \(error.message)")
    }
    return .retired(run)
  }

  /// The time passes to the next thing that happens: a run changes, the deadline comes, or another user does something.
  private func wait(_ runs: [RunID], _ until: Timestamp?, _ actor: String) -> LoopEvent {
    if isLocked { audit.fail(1, nil, "a controller waits and holds the lock") }
    if isInterruptDue {
      isInterruptDue = false
      note(actor, "is interrupted")
      return .interrupted
    }
    note(actor, "waits for \(runs) until \(until.map(\.description) ?? "whenever")")
    if let action = actions.popLast() {
      act(action)
      return .woke(now: now)
    }
    guard let next = [engine.nextChange, until].compactMap({ $0 }).min() else {
      audit.fail(5, nil, "a controller waits for what never comes")
      return .interrupted
    }
    pass(TimeSpan(milliseconds: max(0, (next - now).milliseconds)))
    return .woke(now: now)
  }
}

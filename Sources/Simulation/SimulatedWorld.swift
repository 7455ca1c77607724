import SeededRandom
import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import StoreAPI

/// One state folder, its engines, one clock; controllers come and go.
final class SimulatedWorld {
  let scenario: Scenario
  private let isTraced: Bool
  let store = MemoryStore()
  var engines: ModelEngines
  /// What the controllers' clock shows. It may be set; the engine's own runs on.
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
  /// What a controller that stays follows.
  var source = ModelSource()
  /// The one that is alive.
  var staying: StayingProcess?
  var serveOptions = ServeOptions()
  /// How many of the next commits the store cannot make.
  var storeTroubles = 0
  /// Everything works, and nobody does anything any more, since then.
  var settlingSince: Timestamp?
  var hasSettled = false
  var isLocked = false
  /// Whether the process died while an engine was at work for it.
  private var hasDiedInCall = false
  private var controllers = 0

  init(_ scenario: Scenario, isTraced: Bool) {
    self.scenario = scenario
    self.isTraced = isTraced
    random = SplitMix64(seed: scenario.seed)
    engines = ModelEngines(
      local: ModelEngine(faults: scenario.faults, now: now, seed: random.next()), of: scenario)
    crashPlan = scenario.crashes
    actions = scenario.actions.reversed()
  }

  /// Costs nothing where nobody reads it.
  func note(_ actor: String, _ text: @autoclosure () -> String) {
    guard isTraced else { return }
    trace.append(TraceLine(at: now, actor: actor, text: text()))
  }

  func pass(_ span: TimeSpan) {
    now = now + span
    engines.advance(to: engines.now + span)
  }

  /// When a run changes by itself, by the controllers' clock.
  var nextChange: Timestamp? { engines.nextChange.map { now + ($0 - engines.now) } }

  /// Engines are looked at one after the other, and services tell of nothing: whoever waits there looks again after a while.
  func lookAgain(_ runs: [RunID]) -> Timestamp? {
    guard engines.hasServices, nextChange == nil, !runs.isEmpty else { return nil }
    return now + TimeSpan(seconds: 5)
  }

  func newActor() -> String {
    controllers += 1
    return "controller \(controllers)"
  }

  /// A fresh loop over the store and the engine. Absent: its process died.
  func pursue(_ goal: LoopGoal, as actor: String? = nil) -> LoopResult? {
    var call = LoopCall(actor: actor ?? newActor(), goal: goal)
    audit.restarted()
    var event = LoopEvent.begin(goal, now: now)
    while true {
      switch resume(&call, event) {
      case .waiting(let runs, let until): event = wait(runs, until, call.actor)
      case .finished(let result): return result
      case .dead: return nil
      }
    }
  }

  /// Lets a call go on until it waits; meanwhile nobody else does anything.
  func resume(_ call: inout LoopCall, _ first: LoopEvent) -> LoopCall.Pause {
    let outer = audit.goal
    audit.goal = call.goal
    hasDiedInCall = false
    defer { audit.goal = outer }
    var event: LoopEvent? = first
    while let heard = event {
      let (next, wanted) = step(call.state, heard)
      if case .answered = heard, !step(next, heard).1.isEmpty {
        audit.fail(6, nil, "an answer that comes twice is acted on twice")
      }
      call.state = next
      event = nil
      for effect in wanted {
        guard survives(call.actor) else { return .dead }
        switch effect {
        case .finish(let result): return .finished(finished(result, call.actor))
        case .wait(let runs, let until): return .waiting(runs, until: until)
        case .lock, .unlock, .load, .observe, .commit, .execute, .retire, .report:
          event = perform(effect, call.actor) ?? event
          if hasDiedInCall { return .dead }
        }
      }
    }
    audit.fail(14, nil, "the loop stopped without a result, in \(call.state.phase)")
    isLocked = false
    return .dead
  }

  /// Whether the process lives on to the next effect.
  func survives(_ actor: String) -> Bool {
    effects += 1
    guard effects < Self.effectLimit else {
      audit.fail(5, nil, "it does not come to rest: \(effects) effects")
      return giveUp()
    }
    guard diesNow() else { return true }
    die(actor, "DIES before effect \(effects)")
    return false
  }

  /// A story that never ends is ended.
  private func giveUp() -> Bool {
    actions = []
    hasSettled = true
    settlingSince = now
    staying = nil
    isLocked = false
    return false
  }

  /// More than any story takes that comes to rest.
  private static let effectLimit = 30_000

  func die(_ actor: String, _ how: String) {
    note(actor, how)
    crashes += 1
    isLocked = false
    staying = nil
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
    if case .storeFailed(let error) = result.outcome, error.code != .full {
      audit.fail(6, nil, "the store refuses: \(error.message)")
    }
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
    case .retire(let run, let engine): return retire(run, engine, actor)
    case .wait, .report, .finish: return nil
    }
  }

  private func load(_ query: LoopQuery) -> LoopEvent {
    do {
      var records = try store.records(query)
      records.zones = .simulated
      return .loaded(records, now: now)
    } catch {
      return .storeFailed(error)
    }
  }

  private func observe(_ names: [EngineName], _ actor: String) -> LoopEvent {
    let answers = names.map { name in
      pass(engines.duration())
      let look = engines.look(at: name)
      return EngineAnswer(engine: name, observation: mutated(observation: look.observation).at(now), held: look.held)
    }
    var complete: Set<EngineName> = []
    var illegible: [UnreadableRun] = []
    for answer in answers {
      switch answer.observation {
      case .unavailable(let reason, _): note(actor, "\(answer.engine) is unavailable: \(reason)")
      case .complete(_, _, _, let unreadable):
        complete.insert(answer.engine)
        illegible += unreadable
        for run in unreadable { note(actor, "\(run.run) cannot be read") }
      }
    }
    if scenario.mutation != .unreadableTakenForEmpty { audit.observed(complete, unreadable: illegible) }
    return .observed(answers, now: now)
  }

  private func commit(_ changes: [StateChange], _ actor: String) -> LoopEvent {
    let kept = mutated(changes: changes)
    if let error = record(kept, actor) { return .storeFailed(error) }
    return .committed(now: now)
  }

  func record(_ changes: [StateChange], _ actor: String) -> StoreError? {
    if storeTroubles > 0 {
      storeTroubles -= 1
      note(actor, "cannot commit: the disk is full")
      return StoreError(.full, "the disk is full")
    }
    note(actor, "commits " + changes.map(\.words).joined(separator: "; "))
    do {
      try store.commit(changes)
    } catch {
      return error
    }
    audit.committed(changes, engine: engines, now: now)
    return nil
  }

  private func execute(_ operation: Operation, _ actor: String) -> LoopEvent? {
    do throws(StoreError) {
      let name = try engine(of: operation)
      let basis = try store.basis(of: operation.pipeline)
      audit.calling(operation, at: name, basis: basis.state, engine: engines, now: now)
      pass(engines.duration())
      let truth = call(mutated(operation: operation), at: name, actor)
      audit.compare(engines)
      guard let truth else { return nil }
      audit.answered(operation, truth)
      note(actor, "calls \(operation.id): \(truth)")
      return .answered(operation.id, mutated(answer: truth), now: now)
    } catch {
      return .storeFailed(error)
    }
  }

  private func engine(of operation: Operation) throws(StoreError) -> EngineName {
    switch operation.effect {
    case .start(let order): order.spec.engine.name
    case .stop(let order): try store.run(order.run)?.observedFrom ?? .local
    case .write(let order): order.engine.name
    case .configure, .forget, .settle: .local
    }
  }

  /// Absent: the process died before the answer was there.
  private func call(_ operation: Operation, at name: EngineName, _ actor: String) -> OperationAnswer? {
    let survives = { self.survives(actor) }
    do throws(ServiceTrouble) {
      switch operation.effect {
      case .start(let order): try engines.start(order, survives)
      case .stop(let order): try engines.stop(order, at: name, survives)
      case .write(let order): try engines.write(order)
      case .configure, .forget, .settle: break
      }
      return .done
    } catch {
      switch error {
      case .engine(let error): return OperationAnswer(error)
      case .death:
        hasDiedInCall = true
        return nil
      }
    }
  }

  private func retire(_ run: RunID, _ name: EngineName, _ actor: String) -> LoopEvent {
    do throws(EngineError) {
      try engines.retire(run, at: name)
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
    guard let next = [nextChange, until, lookAgain(runs)].compactMap({ $0 }).min() else {
      audit.fail(5, nil, "a controller waits for what never comes")
      return .interrupted
    }
    pass(TimeSpan(milliseconds: max(0, (next - now).milliseconds)))
    return .woke(now: now)
  }
}

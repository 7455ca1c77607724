public import EngineAPI
public import PipelineModel
import Reconciler
public import StoreAPI

/// Performs the loop's effects, one after the other, on a real store and real engines.
public struct Controller: Sendable {
  private let store: any ControlStore
  private let engines: [any Engine]
  private let lock: any ControllerLock
  private let clock: any WallClock
  private let waiter: any RunWaiter
  private let observer: any LoopObserver
  private let zones: ZoneLookup

  /// The rules of the zones with these names, without those that nobody knows.
  public typealias ZoneLookup = @Sendable (Set<String>) -> ZoneTable

  public init(
    store: any ControlStore, engines: [any Engine], lock: any ControllerLock, clock: any WallClock,
    waiter: any RunWaiter, observer: any LoopObserver = SilentObserver(),
    zones: @escaping ZoneLookup = { _ in ZoneTable([]) }
  ) {
    self.store = store
    self.engines = engines
    self.lock = lock
    self.clock = clock
    self.waiter = waiter
    self.observer = observer
    self.zones = zones
  }

  /// Pursues the goal until it is reached or cannot be.
  public func run(_ goal: LoopGoal) async -> LoopResult {
    var state = LoopState()
    var event: LoopEvent? = .begin(goal, now: clock.now())
    while let heard = event {
      let effects = state.hear(heard)
      event = nil
      for effect in effects {
        switch await perform(effect) {
        case .event(let answer): event = answer
        case .result(let result): return result
        case .none: break
        }
      }
    }
    await lock.release()
    return LoopResult(outcome: .lawBroken([LawViolation(law: 14, pipeline: nil, "the loop ended without a result")]))
  }

  private enum Consequence {
    case event(LoopEvent)
    case result(LoopResult)
    case none
  }

  private func perform(_ effect: LoopEffect) async -> Consequence {
    switch effect {
    case .lock: .event(await takeLock())
    case .unlock: await released()
    case .load(let query): .event(load(query))
    case .observe(let names): .event(.observed(await observe(names), now: clock.now()))
    case .commit(let changes): .event(commit(changes))
    case .execute(let operation): .event(await execute(operation))
    case .retire(let run, let engine): .event(await retire(run, engine))
    case .wait(let runs, let until): .event(await wait(runs, until))
    case .report(let report): await noted(report)
    case .finish(let result): .result(result)
    }
  }

  private func takeLock() async -> LoopEvent {
    switch await lock.acquire() {
    case .acquired: .locked(now: clock.now())
    case .held(let holder): .lockRefused(holder: holder)
    case .failed(let error): .storeFailed(error)
    }
  }

  private func released() async -> Consequence {
    await lock.release()
    return .none
  }

  private func noted(_ report: LoopReport) async -> Consequence {
    await observer.note(report)
    return .none
  }

  private func load(_ query: LoopQuery) -> LoopEvent {
    do {
      return .loaded(try records(query), now: clock.now())
    } catch {
      return .storeFailed(error)
    }
  }

  private func records(_ query: LoopQuery) throws(StoreError) -> LoopRecords {
    var records = try store.records(query)
    records.zones = zones(Set(records.stored.pipelines.compactMap(\.applied.spec.schedule.timeZone)))
    return records
  }

  private func commit(_ changes: [StateChange]) -> LoopEvent {
    do {
      try store.commit(changes)
      return .committed(now: clock.now())
    } catch {
      return .storeFailed(error)
    }
  }

  /// All at once; the answers are sorted by engine.
  func observe(_ names: [EngineName]) async -> [EngineAnswer] {
    await withTaskGroup(of: EngineAnswer.self) { group in
      for name in names {
        group.addTask { EngineAnswer(engine: name, observation: await observation(of: name)) }
      }
      var answers: [EngineAnswer] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.engine < $1.engine }
    }
  }

  private func observation(of name: EngineName) async -> EngineObservation {
    guard let engine = engine(name) else { return .unavailable(missing(name), at: clock.now()) }
    return await engine.observe()
  }

  private func execute(_ operation: Operation) async -> LoopEvent {
    switch operation.effect {
    case .start(let order):
      do throws(StoreError) {
        let basis = try store.basis(of: order.run.pipeline)
        let answer = await answer(order.spec.engine.name) { engine throws(EngineError) in
          try await engine.start(order, from: basis)
        }
        return .answered(operation.id, answer, now: clock.now())
      } catch {
        return .storeFailed(error)
      }
    case .stop(let order):
      do throws(StoreError) {
        let name = try store.run(order.run)?.observedFrom ?? .local
        let answer = await answer(name) { engine throws(EngineError) in try await engine.stop(order) }
        return .answered(operation.id, answer, now: clock.now())
      } catch {
        return .storeFailed(error)
      }
    case .configure, .forget, .settle:
      return .answered(operation.id, .done, now: clock.now())
    }
  }

  private func answer(
    _ name: EngineName, _ call: (any Engine) async throws(EngineError) -> Void
  ) async -> OperationAnswer {
    guard let engine = engine(name) else {
      return OperationAnswer(EngineError(.unavailable, missing(name), .retryable))
    }
    do throws(EngineError) {
      try await call(engine)
      return .done
    } catch {
      return OperationAnswer(error)
    }
  }

  private func retire(_ run: RunID, _ name: EngineName) async -> LoopEvent {
    // A run that could not be retired is reported again by the next observation, and retired then.
    try? await engine(name)?.retire(run)
    return .retired(run)
  }

  private func wait(_ runs: [RunID], _ until: Timestamp?) async -> LoopEvent {
    switch await waiter.wait(for: runs, until: until) {
    case .changed, .deadline: .woke(now: clock.now())
    case .interrupted: .interrupted
    }
  }

  private func engine(_ name: EngineName) -> (any Engine)? {
    engines.first { $0.name == name }
  }

  private func missing(_ name: EngineName) -> String {
    "no engine named `\(name)` is configured"
  }

  /// What the first round would do. Takes no lock, writes nothing.
  public func preview(_ goal: LoopGoal) async throws(StoreError) -> Preview {
    let records = try records(goal.query)
    var goal = goal
    goal.desired.zones = goal.desired.zones.adding(records.zones)
    let answers = await observe(goal.engines(in: records.stored))
    return Preview(of: goal, records: records, answers: answers, now: clock.now())
  }
}

public import EngineAPI
public import PipelineModel
import Reconciler
public import StoreAPI

/// Performs the loop's effects, one after the other, on a real store and real engines.
public struct Controller: Sendable {
  private let store: any ControlStore
  private let engines: any EngineDirectory
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
    self.init(
      store: store, directory: FixedEngines(engines), lock: lock, clock: clock, waiter: waiter, observer: observer,
      zones: zones)
  }

  public init(
    store: any ControlStore, directory engines: any EngineDirectory, lock: any ControllerLock, clock: any WallClock,
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
    let described = goal.desired.engines
    var event: LoopEvent? = .begin(goal, now: clock.now())
    while let heard = event {
      let effects = state.hear(heard)
      event = nil
      for effect in effects {
        switch await perform(effect, described, in: state) {
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

  /// - Parameter described: engines as the manifests at hand describe them.
  private func perform(
    _ effect: LoopEffect, _ described: [EngineName: EngineSpec], in state: LoopState
  ) async -> Consequence {
    switch effect {
    case .lock: .event(await takeLock())
    case .unlock: await released()
    case .load(let query): .event(load(query))
    case .observe(let names):
      .event(.observed(await observe(names, described, state.pipelinesInQuestion(of: names)), now: clock.now()))
    case .commit(let changes): .event(commit(changes))
    case .execute(let operation): .event(await execute(operation, described))
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
      try noteEngines(in: changes)
      try store.commit(changes)
      return .committed(now: clock.now())
    } catch {
      return .storeFailed(error)
    }
  }

  /// How an engine is reached is known before a pipeline is recorded that needs it.
  private func noteEngines(in changes: [StateChange]) throws(StoreError) {
    var specs: Set<EngineSpec> = []
    for case .putIntent(let intent) in changes {
      guard case .configure(let configuration) = intent.operation.effect else { continue }
      let spec = configuration.desired.spec.engine
      if spec.connection != nil { specs.insert(spec) }
    }
    for spec in specs.sorted(by: { $0.name < $1.name }) {
      do throws(EngineError) {
        try engines.record(spec)
      } catch {
        throw StoreError(.notWritable, error.message)
      }
    }
  }

  /// All at once; the answers are sorted by engine.
  func observe(
    _ names: [EngineName], _ described: [EngineName: EngineSpec], _ pipelines: [EngineName: [PipelineRecord]]
  ) async -> [EngineAnswer] {
    await withTaskGroup(of: EngineAnswer.self) { group in
      for name in names {
        group.addTask {
          let look = await look(at: name, described, pipelines[name] ?? [])
          return EngineAnswer(engine: name, observation: look.observation, held: look.held)
        }
      }
      var answers: [EngineAnswer] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.engine < $1.engine }
    }
  }

  private func look(
    at name: EngineName, _ described: [EngineName: EngineSpec], _ pipelines: [PipelineRecord]
  ) async -> EngineLook {
    guard let engine = engines.engine(name, as: described[name]) else {
      return EngineLook(.unavailable(missing(name), at: clock.now()))
    }
    return await engine.look(at: pipelines)
  }

  private func execute(_ operation: Operation, _ described: [EngineName: EngineSpec]) async -> LoopEvent {
    switch operation.effect {
    case .start(let order):
      do throws(StoreError) {
        let basis = try store.basis(of: order.run.pipeline)
        let answer = await answer(order.spec.engine.name, described) { engine throws(EngineError) in
          try await engine.start(order, from: basis)
        }
        return .answered(operation.id, answer, now: clock.now())
      } catch {
        return .storeFailed(error)
      }
    case .stop(let order):
      do throws(StoreError) {
        let name = order.engine(in: try store.run(order.run))
        let answer = await answer(name, described) { engine throws(EngineError) in try await engine.stop(order) }
        return .answered(operation.id, answer, now: clock.now())
      } catch {
        return .storeFailed(error)
      }
    case .write(let order):
      let answer = await answer(order.engine.name, described) { engine throws(EngineError) in
        try await engine.write(order)
      }
      return .answered(operation.id, answer, now: clock.now())
    case .configure, .forget, .settle:
      return .answered(operation.id, .done, now: clock.now())
    }
  }

  private func answer(
    _ name: EngineName, _ described: [EngineName: EngineSpec],
    _ call: (any Engine) async throws(EngineError) -> Void
  ) async -> OperationAnswer {
    guard let engine = engines.engine(name, as: described[name]) else {
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
    try? await engines.engine(name, as: nil)?.retire(run)
    return .retired(run)
  }

  private func wait(_ runs: [RunID], _ until: Timestamp?) async -> LoopEvent {
    switch await waiter.wait(for: runs, until: until) {
    case .changed, .deadline: .woke(now: clock.now())
    case .interrupted: .interrupted
    }
  }

  private func missing(_ name: EngineName) -> String {
    "no engine named `\(name)` is configured"
  }

  /// What the first round would do. Takes no lock, writes nothing.
  public func preview(_ goal: LoopGoal) async throws(StoreError) -> Preview {
    let records = try records(goal.query)
    var goal = goal
    goal.desired.zones = goal.desired.zones.adding(records.zones)
    let names = goal.engines(in: records.stored)
    let answers = await observe(names, goal.desired.engines, goal.pipelinesInQuestion(of: names, in: records.stored))
    return Preview(of: goal, records: records, answers: answers, now: clock.now())
  }
}

extension DesiredState {
  /// The engines that these pipelines run on, but for the embedded one.
  fileprivate var engines: [EngineName: EngineSpec] {
    Dictionary(
      pipelines.lazy.map(\.spec.engine).filter { $0.connection != nil }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }
}

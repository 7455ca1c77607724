import ControlLoop
import EngineAPI
import PipelineModel
import Simulation
import StoreAPI
import Testing

/// What is kept of the past, what goes, and that nothing comes back.
@Suite struct RetentionTests {
  private static let now = Timestamp(seconds: 1_800_000_000)
  private static let orders = PipelineName("orders")
  private static let day = TimeSpan(seconds: 86_400)

  private func run(
    _ number: Int, _ status: RunStatus = .ended(.succeeded), of name: PipelineName = orders, daysAgo: Int64 = 1
  ) -> RunRecord {
    let at = Self.now - TimeSpan(seconds: daysAgo * 86_400)
    let id = RunID(pipeline: name, number: number)
    let order = StartOrder(
      run: id, trigger: .request(RequestID("r\(number)")), mode: .incremental, generation: 1,
      spec: DesiredPipeline.sample(name).spec, refreshSchema: false, reason: "asked for")
    return RunRecord(
      order: order, orderedAt: at, report: RunReport(run: id, status: status, startedAt: at, endedAt: at),
      observedAt: at, observedFrom: .local)
  }

  private func intent(_ run: RunRecord, _ state: IntentState? = nil) -> Intent {
    let operation = Operation(
      id: OperationID("start:\(run.id)"), pipeline: run.id.pipeline, effect: .start(run.order), dataEffect: .none,
      preconditions: [], reason: "asked for")
    return Intent(operation: operation, recordedAt: run.orderedAt, state: state ?? .settled(.done, at: run.orderedAt))
  }

  private func version(_ run: RunRecord) -> StateVersion {
    StateVersion(pipeline: run.id.pipeline, origin: .run(run.id, sequence: 1), at: run.orderedAt, text: "{}")
  }

  private func request(_ run: RunRecord) -> RequestRecord {
    let id = RequestID("r\(run.id.number)")
    return RequestRecord(
      key: RequestKey(run.id.pipeline, id), job: JobRequest(request: id, action: .start(StartOptions())),
      origin: .manifest, recordedAt: run.orderedAt, state: .settled(.done(run.id), at: run.orderedAt))
  }

  /// Records runs with all that belongs to them.
  private func store(_ runs: [RunRecord]) throws -> MemoryStore {
    let store = MemoryStore()
    for name in Set(runs.map(\.id.pipeline)).sorted() {
      let own = runs.filter { $0.id.pipeline == name }
      let record = PipelineRecord(
        applied: .sample(name), generation: 1, createdAt: Self.now, appliedAt: Self.now,
        lastRunNumber: own.map(\.id.number).max() ?? 0)
      try store.commit([.putPipeline(record)])
    }
    for run in runs {
      try store.commit([
        .putRun(run), .putIntent(intent(run)), .appendState(version(run)), .putRequest(request(run)),
      ])
    }
    return store
  }

  private func dropped(_ past: PipelinePast, _ rules: Retention) -> [Int] {
    whatToDrop(past, rules, now: Self.now).runs.map(\.id.number)
  }

  // MARK: What goes

  @Test func `the newest runs stay, and of those only what is young`() {
    let runs = (1...6).map { run($0, daysAgo: Int64(10 - $0)) }
    let past = PipelinePast(pipeline: Self.orders, runCount: 6, oldestRuns: runs, lastGoodRun: runs[5].id)
    #expect(dropped(past, Retention(runs: 4, age: TimeSpan(seconds: 90 * 86_400))) == [1, 2])
    #expect(dropped(past, Retention(runs: 100, age: TimeSpan(seconds: 6 * 86_400))) == [1, 2, 3, 4])
    #expect(dropped(past, Retention(runs: 1, age: Self.day)) == [1, 2, 3, 4, 5])
    #expect(dropped(past, .standard) == [])
  }

  @Test func `the latest run, the latest good one, active ones and those in question stay, however old`() {
    var runs = (1...6).map { run($0, .ended(.lost), daysAgo: 400) }
    runs[1] = run(2, daysAgo: 400)
    runs[2] = run(3, .active(.extract), daysAgo: 400)
    let past = PipelinePast(
      pipeline: Self.orders, runCount: 6, oldestRuns: runs, lastGoodRun: runs[1].id, runsInQuestion: [runs[3].id])
    #expect(dropped(past, Retention(runs: 1, age: Self.day)) == [1, 5])
  }

  @Test func `what was done about a run goes with it, and what is not settled stays`() {
    let runs = (1...4).map { run($0, daysAgo: 400) }
    var intents = runs.map { intent($0) }
    intents[1].state = .uncertain("timeout", at: Self.now)
    let past = PipelinePast(
      pipeline: Self.orders, runCount: 4, oldestRuns: Array(runs[..<3]), lastGoodRun: runs[3].id, intentCount: 4,
      oldestIntents: intents, stateCount: 53)
    let drop = whatToDrop(past, .standard, now: Self.now)
    #expect(drop.intents.map(\.text) == ["start:orders.1", "start:orders.3"])
    #expect(drop.states == 3)
  }

  @Test func `a slot goes with its run, and one without a run by its number and age`() {
    let runs = (1...4).map { run($0, daysAgo: Int64(5 - $0)) }
    let outcomes: [SlotOutcome] = [
      .ran(runs[0].id), .skipped(.paused), .ran(runs[2].id), .missed(.deadlinePassed), .cancelled(with: runs[3].id),
    ]
    let slots = outcomes.enumerated().map { number, outcome in
      let at = Self.now - TimeSpan(seconds: 1000 - Int64(number))
      return SlotRecord(pipeline: Self.orders, instant: at, outcome: outcome, decidedAt: at)
    }
    let past = PipelinePast(
      pipeline: Self.orders, runCount: 4, oldestRuns: runs, lastGoodRun: runs[3].id, slotCount: 5, oldestSlots: slots)
    #expect(whatToDrop(past, Retention(runs: 2), now: Self.now).slots == [slots[0].instant, slots[1].instant])
    #expect(whatToDrop(past, .standard, now: Self.now).slots.isEmpty)
  }

  // MARK: The walk

  @Test func `a walk in small steps drops what one look at everything would, and then nothing`() async throws {
    let names = (0..<7).map { PipelineName("p\($0)") }
    let runs = names.flatMap { name in (1...9).map { run($0, of: name) } }
    let store = try store(runs)
    let rules = Retention(runs: 2, states: 3)
    var look = RetentionWalk(rules)
    let expected = try look.preview(store, now: Self.now)
    var walk = RetentionWalk(rules, bounds: RetentionWalk.Bounds(pipelines: 3, runs: 4))
    var steps: [RetentionStep] = []
    repeat {
      steps.append(try await walk.step(store, [ModelHost()], now: Self.now))
    } while !steps[steps.count - 1].isPassOver
    #expect(steps.count > 7)
    #expect(steps.flatMap(\.dropped).flatMap(\.runs) == expected.dropped.flatMap(\.runs))
    for name in names {
      #expect(try store.runs(of: name, limit: 10).map(\.id.number) == [9, 8])
      #expect(try store.intents(of: name, limit: 10).count == 2)
      #expect(
        try store.states(of: name, limit: 10).map(\.origin) == [9, 8, 7].map { version(run($0, of: name)).origin })
      #expect(try store.requests(of: name, limit: 10).count == 9, "the ledger is whole")
    }
    let again = try await walk.step(store, [ModelHost()], now: Self.now)
    #expect(again.dropped.isEmpty)
  }

  @Test func `a folder that cannot be removed keeps its record, and holds up nobody else`() async throws {
    let stuck = PipelineName("a")
    let runs = [stuck, Self.orders].flatMap { name in (1...3).map { run($0, of: name) } }
    let store = try store(runs)
    var walk = RetentionWalk(Retention(runs: 1), bounds: RetentionWalk.Bounds(pipelines: 1, runs: 1))
    var steps: [RetentionStep] = []
    repeat {
      steps.append(try await walk.step(store, [StuckEngine(pipeline: stuck)], now: Self.now))
    } while !steps[steps.count - 1].isPassOver
    #expect(try store.runs(of: stuck, limit: 10).count == 3)
    #expect(try store.runs(of: Self.orders, limit: 10).map(\.id.number) == [3])
    #expect(steps.flatMap(\.left).map(\.reason) == ["no"])
  }

  // MARK: Afterwards

  @Test func `a request whose run is dropped still acts at most once`() async throws {
    let host = ModelHost(seed: 3)
    let store = MemoryStore()
    let controller = Controller(store: store, engines: [host], lock: host, clock: host, waiter: host)
    func apply(_ id: String) async -> LoopResult {
      let job = JobRequest(request: RequestID(id), action: .start(StartOptions()))
      let pipeline = DesiredPipeline.sample(Self.orders, job: job)
      return await controller.run(
        LoopGoal(desired: DesiredState(pipelines: [pipeline], sourceSets: [.path("/srv/manifests")])))
    }
    for id in ["one", "two", "three"] { #expect(await apply(id).outcome == .done) }
    var walk = RetentionWalk(Retention(runs: 1))
    _ = try await walk.step(store, [host], now: host.now())
    #expect(try store.runs(of: Self.orders, limit: 10).map(\.id.number) == [3])
    let again = await apply("one")
    #expect(again.outcome == .done)
    #expect(!again.executed.contains { $0.operation.effect.callsEngine })
    #expect(host.engine.runs.count == 3)
  }
}

/// Cannot remove what it has of one pipeline.
private struct StuckEngine: Engine {
  let name = EngineName.local
  let pipeline: PipelineName

  func observe() async -> EngineObservation { .unavailable("no", at: Timestamp(seconds: 0)) }
  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {}
  func stop(_ order: StopOrder) async throws(EngineError) {}
  func retire(_ run: RunID) async throws(EngineError) {}

  func discard(_ runs: [RunID]) async -> DiscardedRuns {
    DiscardedRuns(
      gone: runs.filter { $0.pipeline != pipeline },
      left: runs.filter { $0.pipeline == pipeline }.map { DiscardedRuns.Left(run: $0, reason: "no") })
  }
}

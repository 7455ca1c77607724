import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Synchronization
import Testing

@testable import RelationalMigratorEngine

/// An instance that is played, and an engine that speaks to it; time passes where a test says so.
struct Bench: Sendable {
  let clock: ManualClock
  let dialect: MigratorContract
  let server: ContractServer
  let memory: VolatileMemory
  let engine: RelationalMigratorEngine
  let caller: HTTPCaller

  var faults: FaultScript { server.faults }
  var calls: CallLog { server.calls }

  static let starts = "POST /api/v1/jobs"
  static let stops = "POST /api/v1/jobs/*/stop"
  static let lists = "GET /api/v1/jobs"

  var starts: Int { calls.count(Self.starts) }
  var stops: Int { calls.count(Self.stops) }
  var jobs: [MigratorJobState] { dialect.instance.jobs }
  /// What the destination of the project holds.
  var documents: Int { dialect.instance.documents(of: "shop-1", at: clock.now()) }

  /// Another process that uses the same state folder.
  func otherEngine(isReadOnly: Bool = false) -> RelationalMigratorEngine {
    .bench(caller, clock, memory, isReadOnly: isReadOnly)
  }

  func order(
    _ number: Int = 1, pipeline: String = "shop", mode: RunMode = .snapshot, drops: Bool = false, attempt: Int = 1,
    _ change: (inout Migration) -> Void = { _ in }
  ) -> StartOrder {
    var migration = Migration(
      project: "shop-1",
      source: MigrationSource(
        type: "POSTGRESQL", url: .string("jdbc:postgresql://db.internal/shop"), user: .string("shop"),
        password: .environment("DB_PASSWORD")),
      destination: .environment("ATLAS_URI"))
    change(&migration)
    return StartOrder(
      run: RunID(pipeline: PipelineName(pipeline), number: number), attempt: attempt, trigger: .request("first"),
      mode: mode, generation: 1,
      spec: PipelineSpec(
        engine: EngineSpec(name: "mover", type: "relational-migrator", maxConcurrentRuns: 1),
        work: .migration(migration)),
      refreshSchema: false, dropDestinationFirst: drops)
  }

  /// The pipeline of an order, as it is recorded.
  func record(of order: StartOrder, runs: Int) -> PipelineRecord {
    PipelineRecord(
      applied: DesiredPipeline(
        name: order.run.pipeline, labels: [], isProtected: false, spec: order.spec, sourceSet: .path("/p")),
      generation: 1, createdAt: clock.now(), appliedAt: clock.now(), lastRunNumber: runs)
  }

  func start(_ order: StartOrder) async throws(EngineError) { try await engine.start(order, from: StartBasis()) }

  func cancel(_ order: StartOrder) async throws(EngineError) {
    try await engine.stop(StopOrder(run: order.run, kind: .cancel, request: "stop"))
  }

  func complete(_ order: StartOrder) async throws(EngineError) {
    try await engine.stop(StopOrder(run: order.run, kind: .complete, request: "end"))
  }

  /// What the engine says of a run after that time; nil where it says nothing.
  func status(of order: StartOrder, after seconds: Int64 = 0) async throws -> RunStatus? {
    try await report(of: order, after: seconds)?.status
  }

  func report(of order: StartOrder, after seconds: Int64 = 0) async throws -> RunReport? {
    clock.advance(by: TimeSpan(seconds: seconds))
    guard case .complete(_, _, let runs, _) = await engine.observe() else { throw Unavailable() }
    return runs.first { $0.run == order.run }
  }

  func unreadable(after seconds: Int64 = 0) async throws -> [UnreadableRun] {
    clock.advance(by: TimeSpan(seconds: seconds))
    guard case .complete(_, _, _, let unreadable) = await engine.observe() else { throw Unavailable() }
    return unreadable
  }

  struct Unavailable: Error {}
}

/// Plays an instance for as long as `body` runs; nothing that its documents do not allow may be asked of it.
func withBench(
  habits: MigratorInstance.Habits = .init(), plan: MigratorJobPlan = .init(), trace: CallTrace? = nil,
  _ body: @Sendable @escaping (Bench) async throws -> Void
) async throws {
  let clock = ManualClock()
  var instance = MigratorInstance()
  (instance.habits, instance.plan) = (habits, plan)
  let dialect = MigratorContract(instance, clock: clock)
  let server = ContractServer(dialect)
  try await server.serve { address in
    let transport = PooledTransport()
    let caller = HTTPCaller(
      base: try #require(BaseURL(address)), transport: transport, pacing: BenchPacing(clock: clock), credential: nil,
      trace: trace)
    let memory = VolatileMemory()
    let bench = Bench(
      clock: clock, dialect: dialect, server: server, memory: memory, engine: .bench(caller, clock, memory),
      caller: caller)
    let end: Result<Void, any Error>
    do { end = .success(try await body(bench)) } catch { end = .failure(error) }
    await transport.shutdown()
    try end.get()
  }
  #expect(dialect.violations == [])
}

/// What an engine throws; nil where it does not.
func error(_ body: () async throws -> Void) async -> EngineError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? EngineError
  }
}

extension RelationalMigratorEngine {
  static func bench(
    _ caller: HTTPCaller, _ clock: ManualClock, _ memory: VolatileMemory, isReadOnly: Bool = false
  ) -> RelationalMigratorEngine {
    RelationalMigratorEngine(
      name: "mover", caller: caller, pacing: BenchPacing(clock: clock), memory: memory, isReadOnly: isReadOnly
    ) { reference throws(EngineError) in
      switch reference {
      case .environment("DB_PASSWORD"): return "CANARY-\"one\""
      case .environment("ATLAS_URI"): return "mongodb+srv://shop:CANARY-two@cluster.example.com/shop?retryWrites=true"
      case .environment("NO_DATABASE"): return "mongodb+srv://shop:CANARY-two@cluster.example.com/?retryWrites=true"
      case .environment, .file: throw EngineError(.unavailable, "the secret cannot be read", .retryable)
      }
    }
  }
}

extension MigratorInstance.Habits {
  /// Of an instance with continuous jobs.
  static func changeCapture(_ change: (inout MigratorInstance.Habits) -> Void = { _ in }) -> Self {
    var habits = Self()
    habits.hasChangeCapture = true
    change(&habits)
    return habits
  }
}

struct BenchPacing: Pacing {
  let clock: ManualClock

  func now() -> Timestamp { clock.now() }
  func pause(_ span: TimeSpan) async { clock.advance(by: span) }
  func chance() -> Double { 0 }
}

/// Documents that last as long as a test.
final class VolatileMemory: EngineMemory {
  private let kept = Mutex<[String: String]>([:])

  func documents(of engine: EngineName) -> [EngineDocument] {
    kept.withLock { kept in kept.sorted { $0.key < $1.key }.map { EngineDocument(key: $0.key, text: $0.value) } }
  }

  func change(_ key: String, of engine: EngineName, by change: (String?) -> String?) {
    kept.withLock { $0[key] = change($0[key]) }
  }
}

extension EngineName: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self.init(text) }
}

extension RequestID: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self.init(text) }
}

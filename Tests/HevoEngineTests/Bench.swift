import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Synchronization
import Testing

@testable import HevoEngine

/// An account, a service that plays it, and an engine that speaks to it; time passes where a test says so.
struct Bench: Sendable {
  let clock: ManualClock
  let dialect: HevoContract
  let server: ContractServer
  let memory: VolatileMemory
  let engine: HevoEngine
  let caller: HTTPCaller

  var faults: FaultScript { server.faults }
  var calls: CallLog { server.calls }

  /// Another process that uses the same state folder.
  func otherEngine(isReadOnly: Bool = false) -> HevoEngine {
    HevoEngine(
      name: "hevo-eu", caller: caller, pacing: BenchPacing(clock: clock), memory: memory, isReadOnly: isReadOnly)
  }

  func order(
    _ number: Int = 1, pipeline: String = "17", mode: RunMode = .incremental, drops: Bool = false
  ) -> StartOrder {
    StartOrder(
      run: RunID(pipeline: PipelineName("shop-\(pipeline)"), number: number), trigger: .request("first"), mode: mode,
      generation: 1, spec: spec(pipeline), refreshSchema: false, dropDestinationFirst: drops)
  }

  func spec(_ pipeline: String) -> PipelineSpec {
    PipelineSpec(engine: EngineSpec(name: "hevo-eu", type: "hevo"), work: .remote(id: pipeline))
  }

  /// The pipeline of ours that stands for one of Hevo's, as it is recorded.
  func record(_ pipeline: String = "17", runs: Int = 0) -> PipelineRecord {
    PipelineRecord(
      applied: DesiredPipeline(
        name: PipelineName("shop-\(pipeline)"), labels: [], isProtected: false, spec: spec(pipeline),
        sourceSet: .path("/p")),
      generation: 1, createdAt: clock.now(), appliedAt: clock.now(), lastRunNumber: runs)
  }

  func cancel(_ run: RunID) -> StopOrder { StopOrder(run: run, kind: .cancel, request: "stop") }

  func start(_ order: StartOrder) async throws(EngineError) {
    try await engine.start(order, from: StartBasis())
  }

  func pass(_ seconds: Int64) { clock.advance(by: TimeSpan(seconds: seconds)) }

  /// What the engine says of a run after that time; nil where it says nothing.
  func status(of run: RunID, after seconds: Int64 = 0) async throws -> RunStatus? {
    try await report(of: run, after: seconds)?.status
  }

  func report(of run: RunID, after seconds: Int64 = 0) async throws -> RunReport? {
    pass(seconds)
    return try await runs().first { $0.run == run }
  }

  func step(of run: RunID, after seconds: Int64 = 0) async throws -> StopStep? {
    guard case .stopping(let progress)? = try await status(of: run, after: seconds) else { return nil }
    #expect(progress.kind == .cancel)
    return progress.step
  }

  func runs(_ record: PipelineRecord? = nil) async throws -> [RunReport] {
    let look = await engine.look(at: record.map { [$0] } ?? [])
    guard case .complete(_, _, let runs, _) = look.observation else { throw Unavailable() }
    return runs
  }

  func unreadable() async throws -> [UnreadableRun] {
    guard case .complete(_, _, _, let unreadable) = await engine.observe() else { throw Unavailable() }
    return unreadable
  }

  /// How many jobs Hevo has begun.
  func jobs(_ pipeline: Int = 17) -> [HevoJobState] { dialect.pipeline(pipeline)?.jobs ?? [] }

  struct Unavailable: Error {}
}

let syncNow = "POST /api/v1/pipelines/*/actions/sync-now"
let resync = "POST /api/v1/pipelines/*/actions/resync"
let cancelJob = "POST /api/v1/pipelines/*/jobs/*/actions/cancel"

/// Plays an account for as long as `body` runs; nothing that its documents do not allow may be asked of it.
func withBench(
  _ pipelines: [HevoPipelineState] = [shop()], habits: (inout HevoAccount.Habits) -> Void = { _ in },
  _ body: @Sendable @escaping (Bench) async throws -> Void
) async throws {
  let clock = ManualClock()
  var account = HevoAccount(pipelines: pipelines)
  habits(&account.habits)
  let dialect = HevoContract(account, clock: clock)
  let server = ContractServer(dialect)
  try await server.serve { address in
    let transport = PooledTransport()
    let base = try #require(BaseURL(address))
    let caller = HTTPCaller(
      base: base, transport: transport, pacing: BenchPacing(clock: clock),
      credential: .basic(user: "hevo-key", password: "hevo-secret"))
    let memory = VolatileMemory()
    let engine = HevoEngine(name: "hevo-eu", caller: caller, pacing: BenchPacing(clock: clock), memory: memory)
    let bench = Bench(
      clock: clock, dialect: dialect, server: server, memory: memory, engine: engine, caller: caller)
    let end: Result<Void, any Error>
    do { end = .success(try await body(bench)) } catch { end = .failure(error) }
    await transport.shutdown()
    try end.get()
  }
  #expect(dialect.violations == [])
}

func shop(_ id: Int = 17, _ change: (inout HevoPipelineState) -> Void = { _ in }) -> HevoPipelineState {
  var pipeline = HevoPipelineState(id: id, name: "Shop \(id)")
  change(&pipeline)
  return pipeline
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

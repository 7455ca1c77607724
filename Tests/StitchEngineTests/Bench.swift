import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Synchronization
import Testing

@testable import StitchEngine

/// An account, a service that plays it, and an engine that speaks to it; time passes where a test says so.
struct Bench: Sendable {
  let clock: ManualClock
  let dialect: StitchContract
  let server: ContractServer
  let memory: VolatileMemory
  let engine: StitchEngine
  let caller: HTTPCaller

  var faults: FaultScript { server.faults }
  var calls: CallLog { server.calls }

  /// Another process that uses the same state folder.
  func otherEngine(isReadOnly: Bool = false) -> StitchEngine {
    StitchEngine(
      name: "stitch-eu", caller: caller, pacing: BenchPacing(clock: clock), memory: memory, isReadOnly: isReadOnly)
  }

  func order(_ number: Int = 1, source: String = "4711") -> StartOrder {
    StartOrder(
      run: RunID(pipeline: PipelineName("shop-\(source)"), number: number), trigger: .request("first"),
      mode: .incremental,
      generation: 1,
      spec: PipelineSpec(engine: EngineSpec(name: "stitch-eu", type: "stitch"), work: .remote(id: source)),
      refreshSchema: false)
  }

  func cancel(_ order: StartOrder) -> StopOrder { StopOrder(run: order.run, kind: .cancel, request: "stop") }

  func start(_ order: StartOrder) async throws(EngineError) {
    try await engine.start(order, from: StartBasis())
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

  func unreadable() async throws -> [UnreadableRun] {
    guard case .complete(_, _, _, let unreadable) = await engine.observe() else { throw Unavailable() }
    return unreadable
  }

  struct Unavailable: Error {}
}

/// Plays an account for as long as `body` runs; nothing that its documents do not allow may be asked of it.
func withBench(
  _ sources: [StitchSourceState] = [shop()], habits: StitchAccount.Habits = .init(),
  _ body: @Sendable @escaping (Bench) async throws -> Void
) async throws {
  let clock = ManualClock()
  var account = StitchAccount(sources: sources)
  account.habits = habits
  let dialect = StitchContract(account, clock: clock)
  let server = ContractServer(dialect)
  try await server.serve { address in
    let transport = PooledTransport()
    let base = try #require(BaseURL(address))
    let caller = HTTPCaller(
      base: base, transport: transport, pacing: BenchPacing(clock: clock), credential: .bearer("stitch-token"))
    let memory = VolatileMemory()
    let engine = StitchEngine(
      name: "stitch-eu", caller: caller, pacing: BenchPacing(clock: clock), memory: memory)
    let bench = Bench(
      clock: clock, dialect: dialect, server: server, memory: memory, engine: engine, caller: caller)
    let end: Result<Void, any Error>
    do { end = .success(try await body(bench)) } catch { end = .failure(error) }
    await transport.shutdown()
    try end.get()
  }
  #expect(dialect.violations == [])
}

func shop(_ id: Int = 4711, _ change: (inout StitchSourceState) -> Void = { _ in }) -> StitchSourceState {
  var source = StitchSourceState(id: id, name: "Shop \(id)")
  change(&source)
  return source
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

import EngineAPI
import PipelineModel
import Synchronization
import Testing

@testable import ControlLoop

/// An engine that is elsewhere, for a controller that has others to look after.
@Suite struct PromptEngineTests {
  /// Answers when it is told to.
  private final class SlowEngine: Engine {
    let name = EngineName("far")
    private let state = Mutex(State())

    private struct State {
      var calls: [String] = []
      var isOpen = true
      var waiting: [CheckedContinuation<Void, Never>] = []
    }

    var calls: [String] { state.withLock { $0.calls } }

    func close() { state.withLock { $0.isOpen = false } }

    func open() {
      let waiting = state.withLock { state in
        defer { state.waiting = [] }
        state.isOpen = true
        return state.waiting
      }
      for one in waiting { one.resume() }
    }

    private func pass(_ call: String) async {
      await withCheckedContinuation { continuation in
        let isOpen = state.withLock { state in
          state.calls.append(call)
          if !state.isOpen { state.waiting.append(continuation) }
          return state.isOpen
        }
        if isOpen { continuation.resume() }
      }
    }

    func observe() async -> EngineObservation {
      await pass("look")
      return .complete(Revision("r"), at: Timestamp(seconds: 0), runs: [])
    }

    func write(_ order: SettingsOrder) async throws(EngineError) { await pass("write") }
    func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) { await pass("start") }
    func stop(_ order: StopOrder) async throws(EngineError) { await pass("stop") }
    func retire(_ run: RunID) async throws(EngineError) {}
  }

  private struct StandingClock: WallClock {
    func now() -> Timestamp { Timestamp(seconds: 0) }
  }

  private let slow = SlowEngine()
  private let order = SettingsOrder(engine: EngineSpec(name: EngineName("far"), type: "acme"), id: "1")

  private func isAvailable(_ look: EngineLook) -> Bool {
    if case .complete = look.observation { true } else { false }
  }

  /// Looks until the engine is there.
  private func awaited(_ engine: PromptEngine) async throws {
    for _ in 0..<10_000 where !isAvailable(await engine.look()) { await Task.yield() }
    #expect(isAvailable(await engine.look()))
  }

  @Test func `an engine that is in time is asked once for looks that follow each other`() async {
    let engine = PromptEngine(slow, clock: StandingClock(), patience: .seconds(60))
    for _ in 1...3 { #expect(isAvailable(await engine.look())) }
    #expect(slow.calls == ["look"])
  }

  @Test func `a look that is late is told as unavailable, and heard the next time`() async throws {
    let engine = PromptEngine(slow, clock: StandingClock(), patience: .milliseconds(20))
    slow.close()
    for _ in 1...3 { #expect(!isAvailable(await engine.look())) }
    #expect(slow.calls == ["look"], "one call at a time")
    slow.open()
    try await awaited(engine)
    #expect(slow.calls == ["look"])
  }

  @Test func `an effect that is late is uncertain, and what comes behind it has certainly not begun`() async throws {
    let engine = PromptEngine(slow, clock: StandingClock(), patience: .milliseconds(20))
    #expect(isAvailable(await engine.look()))
    slow.close()
    let late = await #expect(throws: EngineError.self) { try await engine.write(order) }
    #expect(late?.retryability == .uncertain)
    let stop = StopOrder(run: RunID(pipeline: PipelineName("shop"), number: 1), kind: .cancel, request: nil)
    let behind = await #expect(throws: EngineError.self) { try await engine.stop(stop) }
    #expect(behind?.retryability == .retryable)
    #expect(!isAvailable(await engine.look()), "what was known before it is not the answer")
    #expect(slow.calls == ["look", "write"])
    slow.open()
    try await awaited(engine)
    #expect(slow.calls == ["look", "write", "look"])
  }

  @Test func `a look from before an effect is not heard after it`() async throws {
    let engine = PromptEngine(slow, clock: StandingClock(), patience: .seconds(60))
    _ = await engine.look()
    try await engine.write(order)
    _ = await engine.look()
    #expect(slow.calls == ["look", "write", "look"])
  }
}

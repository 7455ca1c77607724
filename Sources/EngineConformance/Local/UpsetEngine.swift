import EngineAPI
import LocalEngine
import PipelineModel

/// The embedded engine as a controller has it whose calls are cut off: by its own death, or by a machine that stands still.
struct UpsetEngine: Engine {
  let engine: LocalEngine
  let script: LocalScript

  var name: EngineName { engine.name }

  func observe() async -> EngineObservation {
    guard script.isReachable else { return .unavailable("the folder of runs cannot be read", at: script.now()) }
    return await engine.observe()
  }

  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    try await call(.start) { () throws(EngineError) in try await engine.start(order, from: basis) }
  }

  func stop(_ order: StopOrder) async throws(EngineError) {
    try await call(.stop) { () throws(EngineError) in try await engine.stop(order) }
  }

  func retire(_ run: RunID) async throws(EngineError) { try await engine.retire(run) }
  func discard(_ runs: [RunID]) async -> DiscardedRuns { await engine.discard(runs) }

  private func call(
    _ call: ServedCall, _ act: @escaping @Sendable () async throws(EngineError) -> Void
  ) async throws(EngineError) {
    guard script.isReachable else {
      throw EngineError(.unavailable, "the folder of runs cannot be written", .retryable)
    }
    if let arrival = script.takeHeld(call) { await arrival() }
    let cutOff = EngineError(.unavailable, "the call was cut off", .uncertain)
    switch script.nextUpset(of: call) {
    case nil:
      try await act()
      script.noteEffect()
    case .neverArrives: throw cutOff
    case .answerIsLost:
      try await act()
      script.noteEffect()
      throw cutOff
    case .arrivesLate:
      script.hold(call) { try? await act() }
      throw cutOff
    }
  }
}

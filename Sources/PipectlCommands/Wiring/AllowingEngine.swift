import EngineAPI
import PipelineModel

/// An engine that starts nothing that its operator has not allowed, whoever asks for it.
struct AllowingEngine: Engine {
  let engine: any Engine
  let allowance: ConnectorAllowance

  var name: EngineName { engine.name }

  func observe() async -> EngineObservation { await engine.observe() }
  func look() async -> EngineLook { await engine.look() }
  func write(_ order: SettingsOrder) async throws(EngineError) { try await engine.write(order) }

  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    let refused = allowance.refused(of: order.spec)
    guard refused.isEmpty else {
      throw EngineError(
        .refused,
        "\(refused.joined(separator: ", ")) may not be started here; --allow-connector of the controller says what may",
        .terminal)
    }
    try await engine.start(order, from: basis)
  }

  func stop(_ order: StopOrder) async throws(EngineError) { try await engine.stop(order) }
  func retire(_ run: RunID) async throws(EngineError) { try await engine.retire(run) }
  func discard(_ runs: [RunID]) async -> DiscardedRuns { await engine.discard(runs) }
}

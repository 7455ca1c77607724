import EngineAPI
import PipelineModel
import Simulation

/// An engine whose runs are over by the time that their start is answered.
struct QuickEngine: Engine {
  let host: ModelHost
  var name: EngineName { host.name }

  func observe() async -> EngineObservation { await host.observe() }

  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    try await host.start(order, from: basis)
    host.change { $0.advance(to: $0.now + TimeSpan(seconds: 86_400)) }
  }

  func stop(_ order: StopOrder) async throws(EngineError) { try await host.stop(order) }

  func retire(_ run: RunID) async throws(EngineError) { try await host.retire(run) }
}

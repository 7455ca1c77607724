import EngineAPI
import PipelineModel

/// An engine that cannot be asked: what is not known of it changes nothing (law 7).
struct UnreachableEngine: Engine {
  let name: EngineName
  let reason: String

  func observe() async -> EngineObservation { .unavailable(reason, at: SystemClock().now()) }
  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) { throw error }
  func stop(_ order: StopOrder) async throws(EngineError) { throw error }
  func retire(_ run: RunID) async throws(EngineError) { throw error }

  private var error: EngineError { EngineError(.unavailable, reason, .retryable) }
}

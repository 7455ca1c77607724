import EngineAPI
import PipelineModel
import Synchronization

/// Engines of others that are looked at once, whatever asks.
final class OnceSeenEngines: EngineDirectory {
  private let engines: any EngineDirectory
  private let seen = Mutex<[EngineName: OnceSeenEngine]>([:])

  init(_ engines: any EngineDirectory) {
    self.engines = engines
  }

  func engine(_ name: EngineName, as spec: EngineSpec?) -> (any Engine)? {
    guard let engine = engines.engine(name, as: spec), name != .local else {
      return engines.engine(name, as: spec)
    }
    return seen.withLock { seen in
      if let known = seen[name] { return known }
      let once = OnceSeenEngine(engine)
      seen[name] = once
      return once
    }
  }

  func record(_ spec: EngineSpec) throws(EngineError) { try engines.record(spec) }
  var recorded: [any Engine] { engines.recorded }
}

/// An engine whose first answer counts.
final class OnceSeenEngine: Engine {
  private let engine: any Engine
  private let first = Mutex<EngineLook?>(nil)

  init(_ engine: any Engine) {
    self.engine = engine
  }

  var name: EngineName { engine.name }
  var looksByPipeline: Bool { engine.looksByPipeline }

  func observe() async -> EngineObservation { await look(at: []).observation }
  func look() async -> EngineLook { await look(at: []) }

  func look(at pipelines: [PipelineRecord]) async -> EngineLook {
    if let known = first.withLock({ $0 }) { return known }
    let look = await engine.look(at: pipelines)
    first.withLock { $0 = $0 ?? look }
    return look
  }

  func write(_ order: SettingsOrder) async throws(EngineError) { try await engine.write(order) }

  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    try await engine.start(order, from: basis)
  }

  func stop(_ order: StopOrder) async throws(EngineError) { try await engine.stop(order) }
  func retire(_ run: RunID) async throws(EngineError) { try await engine.retire(run) }
  func discard(_ runs: [RunID]) async -> DiscardedRuns { await engine.discard(runs) }
}

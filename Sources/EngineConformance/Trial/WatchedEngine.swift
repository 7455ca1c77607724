import EngineAPI
import PipelineModel

/// An engine before which something happens just when it is called, and after which it is known that it was.
struct WatchedEngine: Engine {
  let engine: any Engine
  let moments: Moments
  let life: ControllerLife
  /// Whether what it tells comes in another order.
  var isReversed = false

  var name: EngineName { engine.name }

  func observe() async -> EngineObservation { await look().observation }

  func look() async -> EngineLook { told(await engine.look()) }

  func look(at pipelines: [PipelineRecord]) async -> EngineLook { told(await engine.look(at: pipelines)) }

  private func told(_ look: EngineLook) -> EngineLook {
    var look = look
    guard isReversed else { return look }
    look.held.reverse()
    if case .complete(let revision, let at, let runs, let unreadable) = look.observation {
      look.observation = .complete(revision, at: at, runs: runs.reversed(), unreadable: unreadable.reversed())
    }
    return look
  }

  func write(_ order: SettingsOrder) async throws(EngineError) {
    defer { life.noteCall() }
    try await engine.write(order)
  }

  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    await moments.before(.start)
    defer { life.noteCall() }
    try await engine.start(order, from: basis)
  }

  func stop(_ order: StopOrder) async throws(EngineError) {
    await moments.before(.stop)
    defer { life.noteCall() }
    try await engine.stop(order)
  }

  func retire(_ run: RunID) async throws(EngineError) { try await engine.retire(run) }
  func discard(_ runs: [RunID]) async -> DiscardedRuns { await engine.discard(runs) }
}

import ControlLoop
import PipelineModel
import StoreAPI

/// Adds a version to a pipeline's state by hand: under the lock, never beside a run, and only when all that runs confirmed is recorded.
struct StateEdit {
  let workspace: Workspace
  let pipeline: PipelineName
  let lockTimeout: TimeSpan

  /// - Parameter text: the new document, made under the lock from what is recorded; absent means that the next run begins without one.
  func commit(reason: String?, _ text: () throws -> String?) async throws -> StateVersion {
    if let version = try await attempt(reason: reason, text) { return version }
    // A run is over, and nobody has recorded yet what it confirmed.
    try await settle()
    if let version = try await attempt(reason: reason, text) { return version }
    throw CommandEnd.failed(
      "what the latest run of \(pipeline) confirmed could not be recorded; `pipectl why \(pipeline)` tells more")
  }

  private func settle() async throws {
    let goal = LoopGoal(scope: [pipeline], until: .planned)
    if let controller = try await HandOver.find(workspace.folder, lockTimeout: lockTimeout),
      case .result = try await controller.run(goal)
    {
      return
    }
    _ = await workspace.controller(lockTimeout: lockTimeout).run(goal)
  }

  /// Nil where a run's end has to be recorded first.
  private func attempt(reason: String?, _ text: () throws -> String?) async throws -> StateVersion? {
    try await Workspace.inTurn(workspace.folder, timeout: lockTimeout) { try await write(reason: reason, text) }
  }

  private func write(reason: String?, _ text: () throws -> String?) async throws -> StateVersion? {
    let preview = try await workspace.controller().preview(LoopGoal(scope: [pipeline]))
    try refuse(preview)
    guard try workspace.activeRun(of: pipeline) == nil else { return nil }
    let now = workspace.clock.now()
    let version = StateVersion(pipeline: pipeline, origin: .command(now, reason: reason), at: now, text: try text())
    try workspace.store.commit([.appendState(version)])
    return version
  }

  private func refuse(_ preview: Preview) throws(CommandEnd) {
    for engine in preview.engines {
      guard let words = engine.silence(on: pipeline) else { continue }
      throw .failed("nothing was changed: engine `\(engine.engine)` could not be read: \(words)")
    }
    if let run = preview.stored.runs.last(where: { $0.id.pipeline == pipeline && $0.isActive }) {
      throw .failed(
        "\(run.id) is active (\(run.report.status.word)), and nothing was changed: `pipectl wait \(pipeline)` waits for its end, `pipectl stop \(pipeline)` ends it"
      )
    }
    if let intent = preview.stored.intents.first(where: { $0.operation.pipeline == pipeline }) {
      throw .failed(
        "the outcome of \(intent.id) is not known yet, and nothing was changed: `pipectl why \(pipeline)` tells more")
    }
  }
}

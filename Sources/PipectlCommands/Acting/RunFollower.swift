import ControlLoop
import EngineAPI
import PipelineModel

/// Has a remote engine find out how the runs of a pipeline are getting on, for somebody who waits while no controller does.
///
/// It records nothing of the runs themselves: that is for whoever acts next.
struct RunFollower {
  private let workspace: Workspace
  private let engine: EngineName

  /// Nil where there is nothing to follow: the embedded engine's runs tell of themselves.
  init?(_ record: PipelineRecord, _ global: GlobalOptions) throws {
    let spec = record.applied.spec.engine
    guard spec.connection != nil else { return nil }
    engine = spec.name
    workspace = try Workspace.open(global.folder, tracer: global.callTracer)
  }

  /// Looks once; not where another pipectl has the folder, which looks by itself.
  func look() async {
    let lock = StateLock(folder: workspace.folder, timeout: TimeSpan(milliseconds: 0))
    guard controllerPresence(of: workspace.folder) == nil, case .acquired = await lock.acquire() else { return }
    // What could not be read is told by the survey that follows.
    _ = await workspace.engines.engine(engine, as: nil)?.observe()
    await lock.release()
  }
}

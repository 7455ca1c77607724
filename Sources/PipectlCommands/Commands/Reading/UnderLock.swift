import ControlLoop
import PipelineModel

extension Workspace {
  /// Does something while no other pipectl changes the state folder; it must exist.
  ///
  /// - Parameter refusal: what is said where the holder, who is given, keeps it for too long.
  static func underLock<Result>(
    _ folder: String, timeout: TimeSpan,
    refusal: (String) -> String = { LoopOutcome.lockHeld(by: $0).sentence }, _ body: () async throws -> Result
  ) async throws -> Result {
    let lock = StateLock(folder: folder, timeout: timeout)
    switch await lock.acquire() {
    case .acquired: break
    case .held(let holder): throw CommandEnd.failed(refusal(holder))
    case .failed(let error): throw error
    }
    do {
      let result = try await body()
      await lock.release()
      return result
    } catch {
      await lock.release()
      throw error
    }
  }
}

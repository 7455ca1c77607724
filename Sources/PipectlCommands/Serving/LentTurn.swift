import ControlAPI
import PipelineModel
import SQLiteStore

/// A turn that the controller lent: nobody else changes the state folder until it ends, with this value or with this process.
///
/// Should the controller die meanwhile, whoever comes after it waits for the end of the turn.
struct LentTurn: ~Copyable {
  private let connection: ControlConnection
  private let fence: FolderLock

  /// - Parameter lender: who had the folder before the turn was asked for.
  init?(_ connection: consuming ControlConnection, folder: String, of lender: LockHolder) throws(ControlError) {
    do throws(LockError) {
      guard
        let fence = try FolderLock.borrow(
          folder: folder, of: lender, command: callerWords(), timeout: Workspace.lockTimeout)
      else { return nil }
      self.connection = connection
      self.fence = fence
    } catch {
      throw ControlError(.unavailable, error.message)
    }
  }

  consuming func end() {}
}

extension Workspace {
  /// Does something while nobody else changes the state folder: under its lock, or in a turn of the controller that has it for good.
  ///
  /// - Parameter pipelines: whose states may be changed.
  static func inTurn<Result>(
    _ folder: String, timeout: TimeSpan, changing pipelines: [PipelineName] = [], _ body: () async throws -> Result
  ) async throws -> Result {
    guard let turn = try await HandOver.find(folder, lockTimeout: timeout)?.turn(for: pipelines) else {
      return try await underLock(folder, timeout: timeout, body)
    }
    let result = try await body()
    turn.end()
    return result
  }
}

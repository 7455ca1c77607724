import ControlAPI
import PipelineModel

/// A turn that the controller lent: nobody else changes the state folder until it ends, with this value or with this process.
struct LentTurn: ~Copyable {
  private let connection: ControlConnection

  init(_ connection: consuming ControlConnection) { self.connection = connection }

  consuming func end() {}
}

extension Workspace {
  /// Does something while nobody else changes the state folder: under its lock, or in a turn of the controller that has it for good.
  static func inTurn<Result>(
    _ folder: String, timeout: TimeSpan, _ body: () async throws -> Result
  ) async throws -> Result {
    guard let turn = try await HandOver.find(folder, lockTimeout: timeout)?.turn() else {
      return try await underLock(folder, timeout: timeout, body)
    }
    let result = try await body()
    turn.end()
    return result
  }
}

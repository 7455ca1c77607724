public import PipelineModel

/// What an engine answered to an operation.
public enum OperationAnswer: Hashable, Codable, Sendable {
  case done
  /// Another run of the pipeline is active.
  case alreadyRunning(RunID)
  /// Something of somebody else's is active there, which is no run of ours.
  case occupied(String)
  case runUnknown
  case wrongStage(String)
  /// It will never do this.
  case refused(String)
  /// It certainly did nothing, and may do it later.
  case unavailable(String)
  /// It may have happened: to be read back, never blindly repeated (law 6).
  case uncertain(String)
}

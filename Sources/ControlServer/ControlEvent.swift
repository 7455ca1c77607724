public import PipelineModel

/// Something that the controller recorded.
public struct ControlEvent: Hashable, Codable, Sendable {
  /// Ascending without gaps since the controller started.
  public var sequence: Int
  public var at: Timestamp
  public var type: Kind
  public var pipeline: PipelineName
  public var run: RunID?
  public var request: RequestID?
  /// The pipeline's, when it happened.
  public var generation: Int?
  /// What happened, for people.
  public var message: String

  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    case pipelineApplied = "PipelineApplied"
    case pipelineOrphaned = "PipelineOrphaned"
    case pipelineForgotten = "PipelineForgotten"
    case pipelinePaused = "PipelinePaused"
    case pipelineResumed = "PipelineResumed"
    /// The end of a pause, or of a resume by command, has passed, and it is still written down.
    case pauseOverdue = "PauseOverdue"
    case overrideRemoved = "OverrideRemoved"
    case requestRecorded = "RequestRecorded"
    case requestSettled = "RequestSettled"
    case runOrdered = "RunOrdered"
    case runStopping = "RunStopping"
    case runUnconfirmed = "RunUnconfirmed"
    /// An attempt of a run failed or was lost, and another one comes.
    case attemptFailed = "AttemptFailed"
    case runEnded = "RunEnded"
    case operationUncertain = "OperationUncertain"
    case stateSet = "StateSet"
  }
}

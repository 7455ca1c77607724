public import PipelineModel

/// Why an engine did not do what it was asked.
public struct EngineError: Error, Hashable, Sendable {
  public var code: Code
  public var message: String
  public var retryability: Retryability

  public enum Code: Hashable, Sendable {
    /// Another run of the pipeline is active; its id where the engine tells it.
    case alreadyRunning(RunID?)
    case runUnknown
    /// The run is in no stage that this stop can end.
    case wrongStage
    case refused
    case unavailable
    case brokenInput
  }

  public enum Retryability: Hashable, Sendable {
    case retryable
    case terminal
    /// It may have happened: to be read back before anything else.
    case uncertain
  }

  public init(_ code: Code, _ message: String, _ retryability: Retryability) {
    self.code = code
    self.message = message
    self.retryability = retryability
  }
}

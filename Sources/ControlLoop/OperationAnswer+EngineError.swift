public import EngineAPI
public import Reconciler

extension OperationAnswer {
  /// What an engine's error says about the operation; an uncertain one is to be read back, whatever its code.
  public init(_ error: EngineError) {
    switch (error.retryability, error.code) {
    case (.uncertain, _): self = .uncertain(error.message)
    case (_, .alreadyRunning(let run?)): self = .alreadyRunning(run)
    case (_, .alreadyRunning(nil)): self = .occupied(error.message)
    case (_, .runUnknown): self = .runUnknown
    case (_, .wrongStage): self = .wrongStage(error.message)
    case (_, .unavailable), (.retryable, .refused), (.retryable, .brokenInput): self = .unavailable(error.message)
    case (.terminal, .refused), (.terminal, .brokenInput): self = .refused(error.message)
    }
  }
}

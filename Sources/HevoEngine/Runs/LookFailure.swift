internal import EngineAPI
internal import EngineHTTP

/// Why jobs were not looked at.
enum LookFailure: Error, Hashable, Sendable {
  case call(CallFailure)
  case engine(EngineError)

  /// As it stands in the way of an effect that was not begun.
  var beforeEffect: EngineError {
    switch self {
    case .call(let failure):
      failure.kind == .refused ? EngineError(failure) : EngineError(.unavailable, failure.message, .retryable)
    case .engine(let error): error
    }
  }
}

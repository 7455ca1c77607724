internal import EngineAPI
internal import EngineHTTP

/// Why a list was not read.
enum LookFailure: Error, Hashable, Sendable {
  /// The budget of calls is used up for now.
  case noCallsLeft
  case call(CallFailure)
  case engine(EngineError)

  /// As it stands in the way of an effect that was not begun.
  var beforeEffect: EngineError {
    switch self {
    case .noCallsLeft:
      EngineError(
        .unavailable,
        "Stitch allows \(CallBudget.limit) calls of its lists within ten minutes, and they are used up: it is tried again later",
        .retryable)
    case .call(let failure): EngineError(.unavailable, failure.message, .retryable)
    case .engine(let error): error
    }
  }
}

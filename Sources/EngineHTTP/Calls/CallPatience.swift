public import PipelineModel

/// How often a call is sent, and how long is waited in between.
public struct CallPatience: Hashable, Sendable {
  public var attempts: Int
  /// Before the second attempt at most; doubled for each further one.
  public var firstWait: TimeSpan
  /// A service that wants more time than this gets it from whoever called, not from a call that hangs.
  public var longestWait: TimeSpan

  public init(
    attempts: Int = 4, firstWait: TimeSpan = TimeSpan(milliseconds: 500), longestWait: TimeSpan = TimeSpan(seconds: 20)
  ) {
    self.attempts = attempts
    self.firstWait = firstWait
    self.longestWait = longestWait
  }

  /// What to wait before the call is sent again; nil where it must not be, or where that would not help.
  ///
  /// - Parameters:
  ///   - attempt: the one that failed, one-based.
  ///   - chance: 0 up to 1; callers that failed together do not come back together.
  func wait(after failure: CallFailure, of call: HTTPCall, attempt: Int, chance: Double) -> TimeSpan? {
    guard attempt < attempts, isWorthwhile(failure.kind, of: call) else { return nil }
    let doubled = firstWait.milliseconds << Int64(min(attempt - 1, 20))
    let ceiling = min(doubled, longestWait.milliseconds)
    let drawn = TimeSpan(milliseconds: ceiling / 2 + Int64(Double(ceiling - ceiling / 2) * chance))
    guard case .throttled(let wanted?) = failure.kind else { return drawn }
    guard wanted <= longestWait else { return nil }
    return TimeSpan(milliseconds: wanted.milliseconds + Int64(Double(firstWait.milliseconds) * chance))
  }

  private func isWorthwhile(_ kind: CallFailure.Kind, of call: HTTPCall) -> Bool {
    switch kind {
    case .unreachable, .throttled: call.repetition != .onlyAfterALook
    case .untrusted, .unauthorized, .refused: false
    case .interrupted, .failing: call.repetition == .harmless
    // A page that stands in the way stands there the next second too; a broken answer may be whole the next time.
    case .garbled: call.repetition == .harmless
    }
  }
}

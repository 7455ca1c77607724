public import PipelineModel
internal import Synchronization

/// Speaks to a service, and learns from its answers what its clock shows: the instants that it tells can then be compared with ours.
public final class TimedCaller: Sendable {
  private let caller: HTTPCaller
  private let pacing: any Pacing
  /// How far the service's clock is ahead of ours.
  private let lead = Mutex(TimeSpan(seconds: 0))
  private let made = Mutex(0)

  public init(_ caller: HTTPCaller, pacing: any Pacing) {
    self.caller = caller
    self.pacing = pacing
  }

  /// By the service's clock, as its last answer showed it, to the second.
  public func now() -> Timestamp { pacing.now() + lead.withLock { $0 } }

  /// By our own.
  public func ownNow() -> Timestamp { pacing.now() }

  /// How many calls were asked for.
  public var callsMade: Int { made.withLock { $0 } }

  @discardableResult
  public func send(_ call: HTTPCall) async throws(CallFailure) -> HTTPAnswer {
    made.withLock { $0 += 1 }
    let answer = try await caller.send(call)
    if let date = answer.date { lead.withLock { $0 = date - pacing.now() } }
    return answer
  }

  public func read<Value: Decodable>(_ call: HTTPCall) async throws(CallFailure) -> Value {
    try await send(call).decoded(of: call)
  }
}

public import PipelineModel
public import StoreAPI

/// The lock of a state folder: one controller at a time from observation to settlement.
public protocol ControllerLock: Sendable {
  /// Waits for a while where another controller holds it.
  func acquire() async -> LockAnswer
  func release() async
}

public enum LockAnswer: Hashable, Sendable {
  case acquired
  case held(by: String)
  case failed(StoreError)
}

/// The time of day.
public protocol WallClock: Sendable {
  func now() -> Timestamp
}

/// Waits, without the lock, for something to happen to runs.
public protocol RunWaiter: Sendable {
  /// Returns when one of the runs changed its status, at the deadline, or when the user wants to wait no longer, whichever is
  /// first; an interruption that came before the call counts.
  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd
}

public enum WaitEnd: Hashable, Sendable {
  case changed
  case deadline
  case interrupted
}

/// Shows progress.
public protocol LoopObserver: Sendable {
  func note(_ report: LoopReport) async
}

/// Shows nothing.
public struct SilentObserver: LoopObserver {
  public init() {}
  public func note(_ report: LoopReport) async {}
}

public import ControlLoop
public import PipelineModel

/// One goal that a command handed over, as the controller that pursues it needs to know it.
public struct GoalSession: Sendable {
  /// Its turns, in the place of the folder's lock, which the process holds for good.
  public let turns: any ControllerLock
  /// Hears what the loop does, and tells the command.
  public let observer: any LoopObserver
  /// To be told how the runs are getting on that are waited for.
  public let progress: @Sendable ([RunReport]) async -> Void
  /// Whether the command waits no longer, or the controller itself is to end: the goal's waiter then answers `interrupted`.
  public let isAbandoned: @Sendable () -> Bool
}

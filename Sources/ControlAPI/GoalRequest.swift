public import PipelineModel

/// A goal that a command hands over to the controller: the body of `POST /v1/goals`.
public struct GoalRequest<Goal: Codable & Sendable>: Codable, Sendable {
  /// Of the program that asks.
  public var version: String
  public var format: Int
  /// Who asks, for others who wait meanwhile: `pipectl start orders (by ada)`.
  public var caller: String
  /// How long other goals are waited for.
  public var lockTimeout: TimeSpan
  public var goal: Goal

  public init(
    version: String, format: Int = ControllerGreeting.currentFormat, caller: String, lockTimeout: TimeSpan, goal: Goal
  ) {
    self.version = version
    self.format = format
    self.caller = caller
    self.lockTimeout = lockTimeout
    self.goal = goal
  }
}

public import PipelineModel

/// Asks for a turn, in which a command changes the folder itself and the controller nothing: the body of `POST /v1/turns`.
public struct TurnRequest: Codable, Sendable {
  /// Of the program that asks.
  public var version: String
  public var format: Int
  /// Who asks, for others who wait meanwhile: `pipectl state set orders (by ada)`.
  public var caller: String
  /// How long others are waited for.
  public var lockTimeout: TimeSpan

  public init(
    version: String, format: Int = ControllerGreeting.currentFormat, caller: String, lockTimeout: TimeSpan
  ) {
    self.version = version
    self.format = format
    self.caller = caller
    self.lockTimeout = lockTimeout
  }
}

/// The only line of the answer; the turn lasts until the command closes its connection.
public enum TurnMessage: Hashable, Codable, Sendable {
  case granted
  case held(by: String)
  case refusal(ControlError)
}

/// A run that an engine has, and of which it cannot tell anything at this moment.
public struct UnreadableRun: Hashable, Codable, Sendable {
  public var run: RunID
  /// What stands in the way, and where.
  public var reason: String

  public init(run: RunID, reason: String) {
    self.run = run
    self.reason = reason
  }
}

public import PipelineModel

/// How a controller introduces itself, before anything is asked of it: `GET /v1/controller`.
public struct ControllerGreeting: Hashable, Codable, Sendable {
  public var apiVersion = "pipectl.dev/v1"
  public var kind = "Controller"
  /// Of the program.
  public var version: String
  /// Of what goes over the socket; raised when an older program would misread it.
  public var format: Int
  public var pid: Int32
  public var startedAt: Timestamp
  /// Of all pipelines together; absent: only the engines' own bounds hold.
  public var maxConcurrentRuns: Int?
  /// Why its manifests are not followed at the moment; absent where they are.
  public var unfollowed: Unfollowed?

  /// Manifests of which nothing new is applied.
  public struct Unfollowed: Hashable, Codable, Sendable {
    public var sets: [SourceSet]
    /// `Rejected`, `Unreadable` or `HistoryRewritten`.
    public var reason: String
    public var message: String
    public var since: Timestamp

    public init(sets: [SourceSet], reason: String, message: String, since: Timestamp) {
      self.sets = sets
      self.reason = reason
      self.message = message
      self.since = since
    }
  }

  public static let currentFormat = 1

  public init(
    version: String, format: Int = ControllerGreeting.currentFormat, pid: Int32, startedAt: Timestamp,
    maxConcurrentRuns: Int? = nil, unfollowed: Unfollowed? = nil
  ) {
    self.version = version
    self.format = format
    self.pid = pid
    self.startedAt = startedAt
    self.maxConcurrentRuns = maxConcurrentRuns
    self.unfollowed = unfollowed
  }

  /// Refuses to work with a controller of another version: neither knows all that the other one says.
  public func demand(version own: String) throws(ControlError) {
    guard version != own || format != ControllerGreeting.currentFormat else { return }
    throw ControlError(
      .version,
      "the controller of this state folder (process \(pid)) is pipectl \(version), and this is pipectl \(own); nothing was done: restart the controller with this version, or use that one"
    )
  }
}

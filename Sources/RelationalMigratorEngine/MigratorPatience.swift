public import PipelineModel

/// How long Relational Migrator is waited for without proof.
public struct MigratorPatience: Hashable, Sendable {
  /// From a start whose answer was lost to the moment when a list without its job means that it was never taken. Longer than the call itself
  /// may take, since a job may appear only when its connections were tried.
  public var start: TimeSpan
  /// From a stop to the moment when its run counts as unconfirmed; the documents speak of a minute.
  public var stop: TimeSpan
  /// From the end of a migration to the moment when its verification is waited for no longer, where none begins.
  public var verification: TimeSpan

  public init(
    start: TimeSpan = TimeSpan(seconds: 600), stop: TimeSpan = TimeSpan(seconds: 600),
    verification: TimeSpan = TimeSpan(seconds: 600)
  ) {
    self.start = start
    self.stop = stop
    self.verification = verification
  }
}

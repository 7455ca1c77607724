/// All mistakes in a cron expression.
public struct CronErrors: Hashable, Sendable, Error {
  /// In the order of the text; never empty.
  public let errors: [CronError]

  init(_ errors: [CronError]) {
    self.errors = errors
  }
}

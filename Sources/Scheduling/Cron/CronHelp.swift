/// How to mend a mistake in a cron expression.
public struct CronHelp: Hashable, Sendable {
  public let text: String
  /// The text to put in place of the error's range, where there is one obvious fix.
  public let replacement: String?

  init(_ text: String, replacement: String? = nil) {
    self.text = text
    self.replacement = replacement
  }
}

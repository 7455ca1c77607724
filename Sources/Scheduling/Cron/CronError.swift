/// One mistake in a cron expression, and where it is.
public struct CronError: Hashable, Sendable, Error {
  public let kind: CronMistake
  /// UTF-8 offsets in the text; never outside it, empty only in an empty text or where something is missing.
  public let range: Range<Int>
  /// What is wrong, as a sentence without a full stop.
  public let headline: String
  /// What the range is: the name of its field.
  public let label: String?
  public let help: CronHelp?

  init(_ kind: CronMistake, at range: Range<Int>, label: String? = nil, help: CronHelp? = nil) {
    self.kind = kind
    self.range = range
    self.headline = kind.headline
    self.label = label
    self.help = help
  }
}

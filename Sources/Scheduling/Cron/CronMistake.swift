/// What is wrong with a cron expression. Texts are as written, cut short where they are long.
public enum CronMistake: Hashable, Sendable {
  case empty
  /// Neither five nor a number of fields with a meaning elsewhere.
  case fieldCount(Int)
  /// Six fields: one for seconds stands in front.
  case secondsField
  /// Seven fields: Quartz, with seconds and years.
  case quartz
  case unknownMacro(String, nearest: String?)
  /// Nothing between two commas, or before the first or after the last one.
  case emptyItem(CronField)
  case outsideBounds(CronField, value: String)
  case unknownName(CronField, name: String, nearest: String?)
  /// What other crons know: `W`, `?`, and `L` or `#` where they mean nothing here.
  case unsupported(CronField, item: String)
  /// `5#6`.
  case notAPlace(item: String)
  case notANumber(CronField, item: String)
  /// `5-` or `-5` or `1-2-3`.
  case incompleteRange(CronField, item: String)
  case reversedRange(CronField, from: String, to: String)
  /// `5/` or `/5` or `*/x` or `*/2/2`.
  case incompleteStep(CronField, item: String)
  case zeroStep(CronField)
  /// A step that no second value of the field can follow.
  case stepTooLarge(CronField, step: String)
  /// Only days that its months do not have.
  case neverComes
}

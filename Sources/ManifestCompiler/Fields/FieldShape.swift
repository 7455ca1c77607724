import PipelineModel

/// What the value of a field looks like.
indirect enum FieldShape: Sendable {
  case text(TextRule)
  case boolean
  case integer(ClosedRange<Int64>)
  case duration(atLeast: TimeSpan)
  case instant
  case cron
  case timeZone
  case choice([Choice])
  /// At least one, no two alike.
  case list(FieldShape)
  /// A program and its arguments: texts, in their order, the same one as often as it is needed.
  case arguments
  /// Keys of the user's choosing.
  case table(keys: TextRule, FieldShape)
  case object(FieldSet)
  /// Told apart by their YAML types.
  case either([FieldShape])
  /// A connector's settings: anything, with references to secrets anywhere.
  case settings
  /// One value of a connector's environment: a text or a reference to a secret.
  case setting
  /// A text, number, boolean, or reference to a secret.
  case variable
  /// Part of the spec of another manifest.
  case patch

  /// One of a closed list of words.
  struct Choice: Sendable {
    let word: String
    let doc: String
  }
}

import PipelineModel

/// When a pipeline runs by itself.
enum ScheduleFields {
  static let cron = Field<CronExpression>.cron(
    "cron", "Times of day: minute, hour, day of month, month, day of week; or `@daily` and its like.",
    examples: ["\"0 6 * * *\""])
  static let every = Field<TimeSpan>.duration(
    "every", "Equal steps of elapsed time.", atLeast: TimeSpan(seconds: 1), examples: ["30m"])
  static let anchor = Field<Timestamp>.instant(
    "anchor", "An instant from which the steps are counted.", .optional("1970-01-01T00:00:00Z"),
    applies: .with("every"), examples: ["2026-11-01T06:00:00Z"])
  static let timeZone = Field<String>.timeZone(
    "timeZone", "The IANA zone in which the times of day are read.", .defaulted("UTC"), applies: .with("cron"),
    examples: ["Europe/Berlin"])
  static let missed = Field<CheckedValue>.either(
    "missed", "What becomes of slots that passed while no controller ran.",
    [
      .choice([
        .init(word: "skip", doc: "They are noted as missed."), .init(word: "run-once", doc: "The latest one runs."),
      ]), .object(RunAllFields.set),
    ], .defaulted("skip"), examples: ["run-once", "{runAll: 5}"])
  static let startDeadline = Field<TimeSpan>.duration(
    "startDeadline", "How late a slot may still start.", atLeast: TimeSpan(seconds: 1), .defaulted("1h"),
    examples: ["2h"])
  static let overlap = Field<OverlapPolicy>.choice(
    "overlap", "What becomes of a slot that comes while a run is active.", .defaulted("skip"), words: doc)
  static let dst = Field<CheckedObject>.object(
    "dst", "What a time of day means where the zone's clock jumps.", TransitionFields.set, .defaultedFields,
    applies: .with("cron"), examples: ["{gap: skip, fold: both}"])

  static let set = FieldSet(
    "Schedule", [cron, every, anchor, timeZone, missed, startDeadline, overlap, dst],
    alternatives: [.exactlyOne(cron, every)])

  private static func doc(_ policy: OverlapPolicy) -> String {
    switch policy {
    case .skip: "It is skipped."
    case .queue: "It waits; at most one does."
    case .cancelRunning: "The active run is cancelled, then it starts."
    }
  }
}

/// How many missed slots run.
enum RunAllFields {
  static let runAll = Field<Int>.integer(
    "runAll", "The latest so many run, oldest first.", 1...1000, .required, examples: ["5"])

  static let set = FieldSet("RunAll", [runAll])
}

/// What a time of day means where the zone's clock jumps.
enum TransitionFields {
  static let gap = Field<TransitionPolicy.Gap>.choice(
    "gap", "For a time of day that does not exist.", .defaulted("shift"), words: doc)
  static let fold = Field<TransitionPolicy.Fold>.choice(
    "fold", "For a time of day that exists twice.", .defaulted("first"), words: doc)

  static let set = FieldSet("Transitions", [gap, fold])

  private static func doc(_ gap: TransitionPolicy.Gap) -> String {
    switch gap {
    case .shift: "The slot is at the first instant after the gap."
    case .skip: "There is no slot."
    }
  }

  private static func doc(_ fold: TransitionPolicy.Fold) -> String {
    switch fold {
    case .first: "The slot is at the first of the two."
    case .second: "The slot is at the second of the two."
    case .both: "There are two slots."
    }
  }
}

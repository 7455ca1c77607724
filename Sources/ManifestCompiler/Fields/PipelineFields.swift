import PipelineModel

/// The spec of `kind: Pipeline`.
enum PipelineFields {
  static let engine = Field<String>.text(
    "engine", "The engine that executes the jobs: `local`, or the name of an Engine.", .name, .defaulted("local"),
    examples: ["local"])
  static let mode = Field<RunMode>.choice(
    "mode", "What slots and plain starts use.", .defaulted("incremental"), words: Self.doc)
  static let source = Field<CheckedValue>.either(
    "source", "Where data comes from: the name of a Source, or one written out here.",
    [.text(.name), .object(ConnectionFields.source)], .required, applies: ends, examples: ["shop-db"])
  static let destination = Field<CheckedValue>.either(
    "destination", "Where data goes: the name of a Destination, or one written out here.",
    [.text(.name), .object(ConnectionFields.destination)], .required, applies: ends, examples: ["warehouse"])
  static let streams = Field<[Checked]>.list(
    "streams", "Which streams are replicated, and how; the first rule that matches counts, exact names before globs.",
    of: .object(StreamFields.set), .optional("all that are discovered"), applies: ends,
    examples: ["[{name: public-orders, replication: incremental, key: updated_at}, {name: public-customers}]"])
  static let remote = Field<CheckedObject>.object(
    "remote", "The definition that the engine holds itself, in place of source, destination and streams.",
    RemoteFields.set, applies: .without(["command"]), examples: ["{id: \"4711\"}"])
  static let command = Field<CheckedObject>.object(
    "command", "One program that is the whole job, in place of source, destination and streams.", CommandFields.set,
    examples: ["{argv: [dbt, build], workingDirectory: /srv/dbt/shop}"])
  static let migration = Field<CheckedObject>.object(
    "migration", "Tables that an engine turns into documents, in place of source, destination and streams.",
    MigrationFields.set, applies: .without(["remote", "command"]),
    examples: [
      "{project: abc-1, source: {type: POSTGRESQL, url: \"jdbc:postgresql://db/shop\"}, destination: {connectionString: {fromEnv: ATLAS_URI}}}"
    ])
  static let schedule = Field<CheckedObject>.object(
    "schedule", "When the pipeline runs by itself.", ScheduleFields.set,
    .optional("no schedule on an engine whose schedules pipectl keeps, otherwise whatever the engine has"),
    nullMeans: "no schedule", examples: ["{cron: \"0 6 * * *\", timeZone: Europe/Berlin}"])
  static let paused = Field<CheckedValue>.either(
    "paused", "Whether slots are held back: true, false, or who paused it, why and until when.",
    [.boolean, .object(PausedFields.set)], .optional("not managed: the flag stays as it is"),
    examples: ["false", "{reason: migration, until: 2026-12-01}"])
  static let job = Field<CheckedObject>.object(
    "job", "A job action that is asked for, once.", JobFields.set, .optional("none"), nullMeans: "none",
    examples: ["{request: backfill-2026-11, action: start, mode: historical}"])
  static let limits = Field<CheckedObject>.object(
    "limits", "How long the parts of a run may take.", LimitsFields.set, .defaultedFields)
  static let retry = Field<CheckedObject>.object(
    "retry", "How often a run is tried.", RetryFields.set, .defaultedFields)
  static let pollInterval = Field<TimeSpan>.duration(
    "pollInterval", "The pause between the rounds of a continuous run.", atLeast: TimeSpan(seconds: 1),
    .defaulted("10s"), applies: .without(["command", "migration"]), examples: ["10s"])
  static let allow = Field<[Checked]>.list(
    "allow", "The effects on data that are consented to in advance, where nobody can be asked.",
    of: .choice(AllowedEffect.allCases.map { .init(word: $0.rawValue, doc: doc($0)) }), examples: ["[rewrite]"])

  static let set = FieldSet(
    "PipelineSpec",
    [
      engine, mode, source, destination, streams, remote, command, migration, schedule, paused, job, limits, retry,
      pollInterval,
      allow,
    ])

  private static let ends = FieldCondition.without(["remote", "command", "migration"])

  static func doc(_ mode: RunMode) -> String {
    switch mode {
    case .incremental: "Each stream by its replication, from its confirmed state."
    case .historical: "Everything again, without a state; the new states replace the old ones when the run succeeds."
    case .snapshot: "Every stream in full once; the stored state is not touched."
    case .continuous: "A snapshot round, then rounds until completed or cancelled."
    }
  }

  private static func doc(_ effect: AllowedEffect) -> String {
    switch effect {
    case .rewrite: "Dropping what the destination holds before a run."
    case .delete: "Deleting the object when its manifest is gone."
    }
  }
}

/// What the engine itself defines.
enum RemoteFields {
  static let id = Field<String>.text(
    "id", "The engine's id of it, unique among the pipelines of the engine.", .any, .required,
    examples: ["\"4711\""])

  static let streams = Field<[Checked]>.list(
    "streams",
    "Which streams it replicates, and how; those that no rule matches are deselected, and the first rule that matches counts.",
    of: .object(StreamFields.set), .optional("the selection stays as it is"),
    examples: ["[{name: orders, fields: [\"!note\"]}, {name: customers}]"])

  static let capabilities = Field<CheckedObject>.object(
    "capabilities", "What it can and cannot do, where that is known; what is not stated is allowed.",
    RemoteCapabilityFields.set, examples: ["{start: false}"])

  static let set = FieldSet("Remote", [id, streams, capabilities])
}

/// What an object of an engine can do.
enum RemoteCapabilityFields {
  static let start = Field<Bool>.boolean(
    "start", "Whether its jobs can be started and stopped on demand.", .optional("unknown, and allowed"),
    examples: ["false"])

  static let set = FieldSet("RemoteCapabilities", [start])
}

/// Who paused a pipeline, why, and until when.
enum PausedFields {
  static let reason = Field<String>.text("reason", "Why; shown.", examples: ["database migration"])
  static let by = Field<String>.text("by", "Who; shown.", examples: ["maria"])
  static let until = Field<Timestamp>.instant(
    "until", "When slots come again.", .optional("for ever"), examples: ["2026-12-01T08:00:00Z"])

  static let cancelRun = Field<Bool>.boolean(
    "cancelRun",
    "Whether the run in progress ends with it, where the engine can do that; what it had staged and not loaded is thrown away.",
    .optional("it goes on"), examples: ["true"])

  static let set = FieldSet("Paused", [reason, by, until, cancelRun])
}

/// How long the parts of a run may take.
enum LimitsFields {
  static let runTimeout = Field<TimeSpan>.duration(
    "runTimeout", "The longest a run may take before it is ended.", atLeast: TimeSpan(seconds: 1),
    .optional("unlimited"), examples: ["2h"])
  static let noProgress = Field<CheckedValue>.either(
    "noProgress",
    "The longest a run may go without a forwarded line or a confirmed state; of a command, without a line of output.",
    [.duration(atLeast: TimeSpan(seconds: 1)), .object(NoProgressFields.set)], .optional("unlimited"),
    examples: ["15m", "{after: 15m, action: alert}"])
  static let cancelGrace = Field<TimeSpan>.duration(
    "cancelGrace", "The time from SIGTERM to SIGKILL for the tap, or for the command.",
    atLeast: TimeSpan(milliseconds: 1),
    .defaulted("60s"), examples: ["60s"])
  static let drainTimeout = Field<TimeSpan>.duration(
    "drainTimeout", "The time from the end of input to SIGTERM for the target.", atLeast: TimeSpan(milliseconds: 1),
    .defaulted("10m"), examples: ["10m"])

  static let set = FieldSet("Limits", [runTimeout, noProgress, cancelGrace, drainTimeout])
}

/// How long a run may move nothing, and what becomes of it then.
enum NoProgressFields {
  static let after = Field<TimeSpan>.duration(
    "after", "The longest a run may move nothing.", atLeast: TimeSpan(seconds: 1), .required, examples: ["15m"])
  static let action = Field<NoProgressAction>.choice(
    "action", "What becomes of a run that moves nothing for longer.", .defaulted("cancel"), words: doc)

  static let set = FieldSet("NoProgress", [after, action])

  private static func doc(_ action: NoProgressAction) -> String {
    switch action {
    case .cancel: "It is ended as a cancel would end it, and failed."
    case .alert: "It goes on, with the condition NoProgress for as long as nothing moves."
    case .pause: "It is ended and failed, and the pipeline is paused until it is resumed."
    }
  }
}

/// How often a run is tried.
enum RetryFields {
  static let attempts = Field<Int>.integer(
    "attempts", "How often a run is tried, the first time included.", 1...100, .defaulted(1), examples: ["3"])
  static let backoff = Field<TimeSpan>.duration(
    "backoff", "The pause before the second attempt; doubled for each further one.",
    atLeast: TimeSpan(milliseconds: 1), .defaulted("30s"), examples: ["30s"])

  static let set = FieldSet("Retry", [attempts, backoff])
}

/// Streams, and how they are replicated.
enum StreamFields {
  static let name = Field<String>.text(
    "name", "A stream's name, or a glob with `*` and `?`.", .any, .required, examples: ["public-orders", "public-*"])
  static let replication = Field<ReplicationMethod>.choice(
    "replication", "How changed rows are found.", .optional("as the tap's catalog says"), words: doc)
  static let key = Field<String>.text(
    "key", "The field that grows with every change of a row.", .any, .optional("as the tap's catalog says"),
    applies: .when("replication", is: ["incremental"]), examples: ["updated_at"])
  static let fields = Field<[Checked]>.list(
    "fields", "Names and globs of the fields to replicate; `!name` leaves one out.", of: .text(.any),
    .optional("what the tap selects by default"), examples: ["[id, \"name*\", \"!name_old\"]"])

  static let set = FieldSet("Stream", [name, replication, key, fields])

  private static func doc(_ method: ReplicationMethod) -> String {
    switch method {
    case .incremental: "Rows whose key is at least the highest one seen."
    case .fullTable: "All rows in every run."
    case .logBased: "From the log of the database."
    }
  }
}

import PipelineModel

/// One program in place of a source and a destination.
enum CommandFields {
  static let argv = Field<[String]>.arguments(
    "argv", "The program and its arguments, as they are: no shell reads them, and no secret may be among them.",
    examples: ["[sling, run, -r, /etc/sling/orders.yaml]"])
  static let env = Field<[CheckedEntry]>.table(
    "env", "What the program's environment holds besides the few variables that every child gets.",
    keys: .environmentVariable, of: .setting, examples: ["{DBT_TARGET: prod, PGPASSWORD: {fromEnv: DB_PASSWORD}}"])
  static let workingDirectory = Field<String>.text(
    "workingDirectory", "The folder in which it runs.", .absolutePath,
    .optional("the folder in which the run is ordered"),
    examples: ["/srv/dbt/shop"])
  static let capabilities = Field<CheckedObject>.object(
    "capabilities", "What the command says that it can be asked for; asking for more is a mistake.",
    CommandCapabilityFields.set, .defaultedFields, examples: ["{modes: [incremental, historical]}"])

  static let set = FieldSet("Command", [argv, env, workingDirectory, capabilities])
}

/// What a command can be asked for.
enum CommandCapabilityFields {
  static let modes = Field<[Checked]>.list(
    "modes", "The modes that it knows; it finds its run's in `PIPECTL_MODE`.",
    of: .choice(RunMode.allCases.map { .init(word: $0.rawValue, doc: doc($0)) }), .optional("only `incremental`"),
    examples: ["[incremental, historical]"])
  static let complete = Field<Bool>.boolean(
    "complete", "Whether a continuous run of it ends well, with 0, after SIGINT.", .defaulted(false), examples: ["true"]
  )
  static let dropDestinationFirst = Field<Bool>.boolean(
    "dropDestinationFirst", "Whether it empties its destination first when `PIPECTL_DROP_DESTINATION_FIRST` is `true`.",
    .defaulted(false), examples: ["true"])

  static let set = FieldSet("CommandCapabilities", [modes, complete, dropDestinationFirst])

  private static func doc(_ mode: RunMode) -> String {
    switch mode {
    case .incremental: "It does what is new since its last run."
    case .historical: "It does everything again, from the beginning."
    case .snapshot: "It does everything once, and its next run goes on as if that had not been."
    case .continuous: "It runs until it ends by itself, is completed or is cancelled."
    }
  }
}

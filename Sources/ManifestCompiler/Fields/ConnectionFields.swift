import PipelineModel

/// The spec of `kind: Source` and `kind: Destination`, also where it is written inside a pipeline.
enum ConnectionFields {
  static let connector = Field<CheckedObject>.object(
    "connector", "The program that reads or writes.", ConnectorFields.set, .required,
    examples: ["{type: singer, executable: tap-postgres}"])
  static let config = Field<CheckedSettings>.settings(
    "config", "The settings that the program gets; `{fromEnv: NAME}` and `{fromFile: PATH}` stand for secrets.",
    examples: ["{host: db.internal, port: 5432, password: {fromEnv: SHOP_DB_PASSWORD}}"])

  static let source = FieldSet("SourceSpec", [connector, config])
  static let destination = FieldSet("DestinationSpec", [connector, config])
}

/// The program at one end of a pipeline.
enum ConnectorFields {
  static let type = Field<ConnectorType>.choice("type", "What kind of program it is.", .required, words: doc)
  static let executable = Field<String>.text(
    "executable", "The program; with `package`, the name of one that the package installs.", .executable,
    .optional(
      "with `package`: the only program of the package, or the only one whose name begins with `tap-`, `target-`"),
    applies: singer, examples: ["tap-postgres"])
  static let package = Field<String>.text(
    "package", "The Python package of the program; pipectl installs it once and keeps it.", .requirement,
    applies: singer,
    examples: ["meltanolabs-tap-postgres==0.10.0"])
  static let name = Field<String>.text(
    "name", "Which of the connectors that are part of pipectl.", .builtinConnector, .required,
    applies: .when("type", is: [ConnectorType.builtin.rawValue]), examples: ["csv"])
  static let env = Field<[CheckedEntry]>.table(
    "env", "What the program's environment holds besides the few variables that every child gets.",
    keys: .environmentVariable, of: .setting, examples: ["{PGSSLMODE: require, PGPASSWORD: {fromEnv: DB_PASSWORD}}"])
  static let catalogArgument = Field<Connection.CatalogArgument>.choice(
    "catalogArgument", "The option that hands a tap its catalog.", .defaulted("catalog"), applies: singer, words: doc)
  static let capabilities = Field<CheckedObject>.object(
    "capabilities", "What the program can do, for programs that do not say so themselves.", CapabilityFields.set,
    .optional("not known: everything is allowed"), applies: singer, examples: ["{logBased: false}"])

  static let set = FieldSet(
    "Connector", [type, executable, package, name, env, catalogArgument, capabilities],
    alternatives: [.atLeastOne(executable, package, where: singer)])

  /// The words of `type`.
  enum ConnectorType: String, CaseIterable, Sendable {
    case singer
    case builtin
  }

  private static let singer = FieldCondition.when("type", is: [ConnectorType.singer.rawValue])

  private static func doc(_ type: ConnectorType) -> String {
    switch type {
    case .singer: "A program that speaks the Singer protocol."
    case .builtin: "Part of pipectl."
    }
  }

  private static func doc(_ argument: Connection.CatalogArgument) -> String {
    switch argument {
    case .catalog: "`--catalog`."
    case .properties: "`--properties`, as old taps want it."
    }
  }
}

/// What a program can do, as its user knows it.
enum CapabilityFields {
  static let discovery = Field<Bool>.boolean(
    "discovery", "Whether a tap can tell what it offers; one that cannot gets no catalog and reads what it reads.",
    .optional("not known: it is asked"), examples: ["false"])
  static let state = Field<Bool>.boolean(
    "state", "Whether a tap goes on from where it was.", .optional("not known: it is tried"), examples: ["false"])
  static let logBased = Field<Bool>.boolean(
    "logBased", "Whether a tap can read the log of a database.", .optional("not known: it is tried"),
    examples: ["false"])

  static let set = FieldSet("Capabilities", [discovery, state, logBased])
}

/// A reference to a secret, which is read when a run is made and held nowhere.
enum SecretFields {
  static let fromEnv = Field<String>.text(
    "fromEnv", "The environment variable that holds it.", .environmentVariable, examples: ["SHOP_DB_PASSWORD"])
  static let fromFile = Field<String>.text(
    "fromFile", "The file that holds it.", .filePath, examples: ["/run/secrets/shop-db"])

  static let set = FieldSet("Secret", [fromEnv, fromFile], alternatives: [.exactlyOne(fromEnv, fromFile)])
}

import PipelineModel

/// A migration in place of a source and a destination.
enum MigrationFields {
  static let project = Field<String>.text(
    "project", "The engine's id of the project that holds the mapping.", .any, .required, examples: ["abc-1"])
  static let source = Field<CheckedObject>.object(
    "source", "The relational database that is read.", MigrationSourceFields.set, .required,
    examples: ["{type: POSTGRESQL, url: \"jdbc:postgresql://db.internal/shop\", user: shop}"])
  static let destination = Field<CheckedObject>.object(
    "destination", "Where the documents go.", MigrationDestinationFields.set, .required,
    examples: ["{connectionString: {fromEnv: ATLAS_URI}}"])
  static let filters = Field<[Checked]>.list(
    "filters", "Which rows of tables are migrated.", of: .object(TableFilterFields.set),
    .optional("every table of the mapping, whole"),
    examples: ["[{schema: public, table: orders, where: \"id > 1000\"}]"])
  static let onError = Field<MigrationErrorPolicy>.choice(
    "onError", "What a record that cannot be written does.", .defaulted("fail"), words: doc)
  static let errorTolerance = Field<Int>.integer(
    "errorTolerance", "How many records may fail before the migration is ended.", 0...2_147_483_647,
    .optional("as the engine has it"), examples: ["100"])
  static let verify = Field<Bool>.boolean(
    "verify", "Whether the documents are compared with the tables after a snapshot.", .defaulted(false),
    examples: ["true"])

  static let set = FieldSet(
    "Migration", [project, source, destination, filters, onError, errorTolerance, verify])

  private static func doc(_ policy: MigrationErrorPolicy) -> String {
    switch policy {
    case .fail: "It ends the migration."
    case .warn: "It is left out, with a warning."
    case .skip: "It is left out."
    }
  }
}

/// The relational database of a migration.
enum MigrationSourceFields {
  static let type = Field<String>.text(
    "type", "The engine's word for the kind of database.", .any, .required, examples: ["POSTGRESQL", "ORACLE", "MYSQL"])
  static let url = Field<ConfigValue>.setting(
    "url", "Its JDBC address, or a reference to a secret that holds it.", .required,
    examples: ["jdbc:postgresql://db.internal/shop"])
  static let user = Field<ConfigValue>.setting(
    "user", "Who reads, or a reference to a secret that says so.", .optional("as the address says"), examples: ["shop"])
  static let password = Field<CheckedObject>.object(
    "password", "A reference to the password.", SecretFields.set, .optional("as the address says"),
    examples: ["{fromEnv: SHOP_DB_PASSWORD}"])
  static let oraclePdbName = Field<String>.text(
    "oraclePdbName", "The pluggable database, of an Oracle server that has several.", .any, examples: ["SHOPPDB"])

  static let set = FieldSet("MigrationSource", [type, url, user, password, oraclePdbName])
}

/// Where the documents of a migration go.
enum MigrationDestinationFields {
  static let connectionString = Field<CheckedObject>.object(
    "connectionString", "A reference to the connection string, which names the database too.", SecretFields.set,
    .required, examples: ["{fromEnv: ATLAS_URI}"])

  static let set = FieldSet("MigrationDestination", [connectionString])
}

/// Which rows of a table are migrated.
enum TableFilterFields {
  static let schema = Field<String>.text("schema", "The table's schema.", .any, .required, examples: ["public"])
  static let table = Field<String>.text("table", "The table.", .any, .required, examples: ["orders"])
  static let condition = Field<String>.text(
    "where", "What stands behind WHERE.", .any, .optional("every row"), examples: ["id > 1000"])
  static let rows = Field<Int>.integer(
    "rows", "At most so many rows.", 0...9_007_199_254_740_991, .optional("unlimited"), examples: ["1000"])

  static let set = FieldSet(
    "TableFilter", [schema, table, condition, rows], alternatives: [.atLeastOne(condition, rows, where: .always)])
}

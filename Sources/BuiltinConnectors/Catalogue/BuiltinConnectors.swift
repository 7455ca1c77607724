internal import SingerProtocol

/// The connectors that need no installation, sorted by name.
public let builtinConnectors: [BuiltinConnector] = [csvConnector, jsonlConnector, sqliteConnector]

private let csvConnector = BuiltinConnector(
  name: "csv",
  role: .tap,
  summary: "Reads CSV files (RFC 4180), typed, in full or incrementally by a column.",
  settings: [
    ConnectorSetting(
      "path", .string, "A file, a folder (its `*.csv`) or a glob; each file is a stream named after it."),
    ConnectorSetting("files", .objectList, "The streams one by one.", elements: fileSettings),
    ConnectorSetting("delimiter", .string, "One ASCII character between fields.", default: ","),
    ConnectorSetting(
      "header", .boolean, "Whether the first row has the names; else they are column_1, column_2, …", default: true),
    ConnectorSetting("keyProperties", .stringList, "Key columns of every stream that names none itself.", default: []),
    ConnectorSetting(
      "stateEveryRecords", .integer, "Records between states, where the file is sorted by the replication key.",
      default: 1000),
    ConnectorSetting(
      "delayPerRecordMilliseconds", .integer, "A pause after each record, for demonstrations.", default: 0),
  ],
  exactlyOneOf: ["path", "files"]
)

private let fileSettings = [
  ConnectorSetting("stream", .string, "The stream's name.", isRequired: true),
  ConnectorSetting(
    "path", .string, "A file, a folder (its `*.csv`) or a glob; several files follow one another.", isRequired: true),
  ConnectorSetting("keys", .stringList, "Key columns."),
  ConnectorSetting("types", .columnTypes, "Types of columns that are not to be inferred."),
]

private let jsonlConnector = BuiltinConnector(
  name: "jsonl",
  role: .target,
  summary: "Appends the records of each stream to a file of JSON lines.",
  settings: [
    ConnectorSetting("folder", .string, "Where `STREAM.jsonl` is written; made when missing.", isRequired: true),
    ConnectorSetting(
      "overwrite", .boolean, "Empties a stream's file when its first schema of a run arrives.", default: false),
  ],
  exactlyOneOf: []
)

private let sqliteConnector = BuiltinConnector(
  name: "sqlite",
  role: .target,
  summary: "Writes each stream to a table of a SQLite database, updating rows by their key.",
  settings: [
    ConnectorSetting("path", .string, "The database file; made when missing.", isRequired: true),
    ConnectorSetting("tablePrefix", .string, "Put before the name of every table.", default: ""),
    ConnectorSetting(
      "batchRows", .integer, "Rows after which a transaction is committed at the latest.", default: 10_000),
  ],
  exactlyOneOf: []
)

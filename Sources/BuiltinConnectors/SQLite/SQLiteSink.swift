internal import GRDB
internal import SingerProtocol

/// Tables of a SQLite database, written in transactions that begin with the first change and end at `commit`.
struct SQLiteSink: TargetSink {
  private(set) var uncommittedRows = 0
  private let connection: Database
  private let tablePrefix: String
  private let dropsFirst: Bool
  private var tables: [String: SQLiteTable] = [:]

  init(_ connection: Database, tablePrefix: String, dropsFirst: Bool) {
    self.connection = connection
    self.tablePrefix = tablePrefix
    self.dropsFirst = dropsFirst
  }

  mutating func accept(_ schema: SchemaMessage) throws(ConnectorError) {
    if let table = tables[schema.stream], table.schema.message == schema { return }
    try begin()
    let name = tablePrefix + schema.stream
    if dropsFirst, tables[schema.stream] == nil { try drop(name) }
    tables[schema.stream] = try SQLiteTable(
      named: name, schema: try RecordSchema(schema), in: connection)
  }

  mutating func accept(_ record: RecordMessage) throws(ConnectorError) {
    guard let table = tables[record.stream] else { return }
    try table.schema.check(record)
    try begin()
    try table.write(record)
    uncommittedRows += 1
  }

  mutating func activate(version: Int, of stream: String) throws(ConnectorError) {
    try begin()
    try tables[stream]?.dropRows(before: version)
  }

  mutating func commit() throws(ConnectorError) {
    uncommittedRows = 0
    guard connection.isInsideTransaction else { return }
    try database("commit") { try connection.commit() }
  }

  private func drop(_ table: String) throws(ConnectorError) {
    try database("drop table `\(table)`") {
      try connection.execute(sql: "DROP TABLE IF EXISTS \(SQLIdentifier.quoted(table))")
    }
  }

  private func begin() throws(ConnectorError) {
    guard !connection.isInsideTransaction else { return }
    try database("begin a transaction") { try connection.beginTransaction(.immediate) }
  }
}

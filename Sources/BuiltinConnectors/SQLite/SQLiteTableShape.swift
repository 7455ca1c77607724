internal import GRDB
internal import SingerProtocol

/// The columns and the key of a table, changed as schemas and records ask.
///
/// A table this target made is STRICT and its columns are widened to ANY when they must take another type. A table that was there before keeps
/// its types and gets only the columns it lacks.
final class SQLiteTableShape {
  private let name: String
  private let connection: Database
  /// Declared types in upper case by column; empty while the table does not exist.
  private var columns: [String: String] = [:]
  private var isStrict = true
  private var keys: [String] = []

  init(named name: String, in connection: Database) throws(ConnectorError) {
    self.name = name
    self.connection = connection
    try database("table `\(name)`") {
      let rows = try Row.fetchAll(connection, sql: "SELECT name, type FROM pragma_table_info(?)", arguments: [name])
      for row in rows { columns[row["name"]] = (row["type"] as String).uppercased() }
      let strict = try Int.fetchOne(
        connection, sql: "SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = ?", arguments: [name])
      isStrict = (strict ?? 1) == 1
    }
  }

  /// Makes the table or the columns that it lacks, and its unique key.
  func fit(_ schema: RecordSchema) throws(ConnectorError) {
    keys = schema.message.keyProperties
    if columns.isEmpty {
      try create(schema.properties)
    } else {
      for property in schema.properties { _ = try fit(property.name, ColumnDeclaration(property)) }
    }
    try makeKey()
  }

  /// Makes sure that a column exists and takes a type, nil for any; true where the table had to change.
  func fit(_ column: String, _ declaration: ColumnDeclaration?) throws(ConnectorError) -> Bool {
    guard let declared = columns[column] else {
      try add(column, declaration ?? .any)
      return true
    }
    guard let declaration, isStrict, declared != "ANY", declared != declaration.rawValue else { return false }
    try widen(column)
    return true
  }

  private func create(_ properties: [PropertySchema]) throws(ConnectorError) {
    // SQLite has no table without columns.
    let declared = properties.map { ($0.name, ColumnDeclaration($0)) }
    let all = declared.isEmpty ? [(SQLiteTable.versionColumn, ColumnDeclaration.integer)] : declared
    let list = all.map { "\(SQLIdentifier.quoted($0.0)) \($0.1.rawValue)" }.joined(separator: ", ")
    try execute("CREATE TABLE \(table) (\(list)) STRICT")
    for (column, declaration) in all { columns[column] = declaration.rawValue }
  }

  private func add(_ column: String, _ declaration: ColumnDeclaration) throws(ConnectorError) {
    let type = isStrict || declaration != .any ? declaration.rawValue : ""
    try execute("ALTER TABLE \(table) ADD COLUMN \(SQLIdentifier.quoted(column)) \(type)")
    columns[column] = declaration.rawValue
  }

  /// Replaces a column by one that takes every type; SQLite cannot change a column's type in place.
  private func widen(_ column: String) throws(ConnectorError) {
    let old = SQLIdentifier.quoted(column)
    let new = SQLIdentifier.quoted(column + "__wider")
    try dropKey()
    try execute("ALTER TABLE \(table) ADD COLUMN \(new) ANY")
    try execute("UPDATE \(table) SET \(new) = \(old)")
    try execute("ALTER TABLE \(table) DROP COLUMN \(old)")
    try execute("ALTER TABLE \(table) RENAME COLUMN \(new) TO \(old)")
    columns[column] = ColumnDeclaration.any.rawValue
    try makeKey()
  }

  /// The unique index that updates go by; one of other columns is replaced.
  private func makeKey() throws(ConnectorError) {
    let present = try database("table `\(name)`") {
      try String.fetchAll(
        connection, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [keyIndexName])
    }
    guard present != keys else { return }
    try dropKey()
    guard !keys.isEmpty else { return }
    let list = keys.map(SQLIdentifier.quoted).joined(separator: ", ")
    try execute("CREATE UNIQUE INDEX \(SQLIdentifier.quoted(keyIndexName)) ON \(table) (\(list))")
  }

  private func dropKey() throws(ConnectorError) {
    try execute("DROP INDEX IF EXISTS \(SQLIdentifier.quoted(keyIndexName))")
  }

  private var keyIndexName: String { name + "__key" }
  private var table: String { SQLIdentifier.quoted(name) }

  private func execute(_ sql: String) throws(ConnectorError) {
    try database("table `\(name)`") { try connection.execute(sql: sql) }
  }
}

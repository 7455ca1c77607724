internal import GRDB
internal import SingerProtocol

/// One stream's table.
final class SQLiteTable {
  let schema: RecordSchema
  private let name: String
  private let connection: Database
  private let shape: SQLiteTableShape
  private var keys: [String] { schema.message.keyProperties }
  private var lastFields: [String] = []
  private var lastStatement: Statement?
  private var statements: [[String]: Statement] = [:]

  /// Where the version of a row is kept, by the custom of Singer targets.
  static let versionColumn = "_sdc_table_version"

  /// Makes the table, or gives it the columns it lacks.
  init(named name: String, schema: RecordSchema, in connection: Database) throws(ConnectorError) {
    self.name = name
    self.schema = schema
    self.connection = connection
    shape = try SQLiteTableShape(named: name, in: connection)
    try shape.fit(schema)
  }

  /// Inserts a row, or updates the fields that the record has where its key is known.
  func write(_ record: RecordMessage) throws(ConnectorError) {
    var fields = record.record.map(\.key)
    var values = record.record.map { SQLiteValue.stored($0.value) }
    if let version = record.version {
      fields.append(Self.versionColumn)
      values.append(version.databaseValue)
    }
    try makeRoom(for: record)
    let statement = try statement(for: fields)
    try database("stream `\(record.stream)`, table `\(name)`") {
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  func dropRows(before version: Int) throws(ConnectorError) {
    try need(Self.versionColumn, .integer)
    let column = SQLIdentifier.quoted(Self.versionColumn)
    try database("table `\(name)`") {
      try connection.execute(
        sql: "DELETE FROM \(SQLIdentifier.quoted(name)) WHERE \(column) < ?", arguments: [version])
    }
  }

  /// Adds columns for fields outside the schema, and widens columns whose type a value does not fit.
  private func makeRoom(for record: RecordMessage) throws(ConnectorError) {
    for member in record.record {
      try need(member.key, Self.declaration(fitting: member.value))
    }
    if record.version != nil { try need(Self.versionColumn, .integer) }
  }

  private func need(_ column: String, _ declaration: ColumnDeclaration?) throws(ConnectorError) {
    if try shape.fit(column, declaration) { forgetStatements() }
  }

  /// Nil where any column will do.
  private static func declaration(fitting value: JSONValue) -> ColumnDeclaration? {
    switch value {
    case .null: return nil
    case .bool: return .integer
    case .string, .array, .object: return .text
    case .number(let text):
      return Int64(text) != nil || SQLiteValue.stored(value).storage.value is Int64 ? .integer : .any
    }
  }

  private func forgetStatements() {
    statements = [:]
    lastStatement = nil
    lastFields = []
  }

  private func statement(for fields: [String]) throws(ConnectorError) -> Statement {
    if let lastStatement, fields == lastFields { return lastStatement }
    let statement: Statement
    if let known = statements[fields] {
      statement = known
    } else {
      statement = try database("table `\(name)`") { try connection.makeStatement(sql: sql(writing: fields)) }
      statements[fields] = statement
    }
    lastFields = fields
    lastStatement = statement
    return statement
  }

  private func sql(writing fields: [String]) -> String {
    guard !fields.isEmpty else { return "INSERT INTO \(SQLIdentifier.quoted(name)) DEFAULT VALUES" }
    let columns = fields.map(SQLIdentifier.quoted)
    let marks = fields.map { _ in "?" }.joined(separator: ", ")
    let insert =
      "INSERT INTO \(SQLIdentifier.quoted(name)) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    guard !keys.isEmpty else { return insert }
    let updates = fields.filter { !keys.contains($0) }.map(SQLIdentifier.quoted).map { "\($0) = excluded.\($0)" }
    let action = updates.isEmpty ? "NOTHING" : "UPDATE SET " + updates.joined(separator: ", ")
    return insert + " ON CONFLICT (\(keys.map(SQLIdentifier.quoted).joined(separator: ", "))) DO " + action
  }
}

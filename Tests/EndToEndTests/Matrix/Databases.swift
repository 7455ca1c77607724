import Foundation

/// A source of its own, copied from the template, and an empty warehouse.
final class Databases: Sendable {
  let server: PostgresServer
  let source: String
  let warehouse: String

  init() async throws {
    server = try PgbenchServer.current().server
    let number = UUID().uuidString.prefix(8).lowercased()
    source = "pgbench_\(number)"
    warehouse = "warehouse_\(number)"
    try await server.sql("CREATE DATABASE \(source) TEMPLATE \(PgbenchServer.template)")
    try await server.sql("CREATE DATABASE \(warehouse) OWNER \(PgbenchServer.role)")
  }

  /// Executes a statement in the source.
  func change(_ statement: String) async throws { try await server.sql(statement, in: source) }

  /// Adds accounts, each a second younger than the one before.
  func addAccounts(_ ids: ClosedRange<Int>) async throws {
    try await change(
      """
      INSERT INTO pgbench_accounts (aid, bid, abalance, updated_at)
      SELECT n, 1, n, (SELECT max(updated_at) FROM pgbench_accounts) + (n - \(ids.lowerBound) + 1) * interval '1 second'
      FROM generate_series(\(ids.lowerBound), \(ids.upperBound)) AS n
      """)
  }

  func rows(of table: Table) async throws -> [Int: Int] {
    try await rows(in: source, "SELECT \(table.key), \(table.value) FROM \(table.rawValue)")
  }

  /// Those of accounts that a tap is to read from a bookmark on: the row at the bookmark comes again.
  func accounts(from bookmark: String) async throws -> [Int: Int] {
    try await rows(in: source, "SELECT aid, abalance FROM pgbench_accounts WHERE updated_at >= '\(bookmark)'")
  }

  func accounts(upTo bookmark: String) async throws -> [Int: Int] {
    try await rows(in: source, "SELECT aid, abalance FROM pgbench_accounts WHERE updated_at <= '\(bookmark)'")
  }

  /// What has arrived in a schema of the warehouse, without what is marked as deleted.
  func copy(of table: Table, in schema: String) async throws -> [Int: Int] {
    try await rows(
      in: warehouse,
      "SELECT \(table.key), \(table.value) FROM \(schema).\(table.rawValue) WHERE _sdc_deleted_at IS NULL")
  }

  /// Keys and values; a key that is there twice is an error.
  private func rows(in database: String, _ query: String) async throws -> [Int: Int] {
    var rows: [Int: Int] = [:]
    for line in try await server.sql(query, in: database).split(separator: "\n") {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map { Int($0) }
      guard fields.count == 2, let key = fields[0], let value = fields[1] else { throw Trouble("\(query): \(line)") }
      guard rows.updateValue(value, forKey: key) == nil else { throw Trouble("\(query): \(key) is there twice") }
    }
    return rows
  }
}

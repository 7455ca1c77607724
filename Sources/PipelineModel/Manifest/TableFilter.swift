/// Which rows of a table are migrated; a table without a filter is migrated whole.
public struct TableFilter: Hashable, Codable, Sendable {
  public var schema: String
  public var table: String
  /// What stands behind WHERE.
  public var condition: String?
  /// At most so many.
  public var rows: Int64?

  public init(schema: String, table: String, condition: String? = nil, rows: Int64? = nil) {
    self.schema = schema
    self.table = table
    self.condition = condition
    self.rows = rows
  }
}

import Foundation
import GRDB
import StoreAPI

extension SQLiteStore {
  /// What to say of a row whose document cannot be read: its table and its key, and nothing of what it holds.
  func damaged(_ row: StoredRow, _ what: String) -> StoreError {
    let key = key(of: row).map { "the row of `\($0)`" } ?? "a row"
    return .corrupt(folder.file, "\(key) in the table \(row.table): \(what)")
  }

  /// Looked up by the document: keys are read with no row, for nearly all of them can be decoded. Absent where the row is gone by now.
  private func key(of row: StoredRow) -> String? {
    guard let column = Self.keys[row.table] else { return nil }
    let sql = "SELECT \(column) FROM \(row.table) WHERE CAST(document AS BLOB) = ? LIMIT 1"
    return try? queue.read { try String.fetchOne($0, sql: sql, arguments: [Data(row.document.bytes)]) }
  }

  /// How the rows of each table are called in messages.
  private static let keys = [
    "pipelines": "name",
    "runs": "pipeline || '.' || number",
    "requests": "pipeline || ', request ' || request",
    "intents": "id",
    "schedules": "pipeline",
    "slots": "pipeline || ', slot ' || strftime('%Y-%m-%dT%H:%M:%SZ', instant / 1000, 'unixepoch')",
    "catalogs": "pipeline",
    "commits": "number",
  ]
}

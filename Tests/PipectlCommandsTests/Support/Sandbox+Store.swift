import Foundation
import GRDB

extension Sandbox {
  /// Everything that the state folder's memory holds, as text.
  func storeContents() throws -> String {
    try store().read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      return try tables.flatMap { table in
        [table] + (try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"")).map(\.description).sorted()
      }.joined(separator: "\n")
    }
  }
}

extension Sandbox {
  /// How many rows a table of the memory has.
  func count(_ table: String) throws -> Int {
    try store().read { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? -1
    }
  }

  /// Makes a run end earlier than it did.
  func age(run number: Int, byDays days: Int) throws {
    let milliseconds = days * 86_400_000
    try store().write { database in
      for path in ["$.report.endedAt", "$.observedAt", "$.orderedAt"] {
        try database.execute(
          sql: "UPDATE runs SET document = json_set(document, ?, json_extract(document, ?) - ?) WHERE number = ?",
          arguments: [path, path, milliseconds, number])
      }
    }
  }

  /// The memory, read beside whoever writes; not read-only, for then a journal that a kill left behind could not be rolled back.
  private func store() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    return try DatabaseQueue(path: path + "/.pipectl/store.sqlite", configuration: configuration)
  }
}

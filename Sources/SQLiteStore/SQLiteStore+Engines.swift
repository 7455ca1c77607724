public import EngineAPI
import GRDB
public import PipelineModel
import StoreAPI

extension SQLiteStore: EngineMemory {
  public func documents(of engine: EngineName) throws(EngineError) -> [EngineDocument] {
    try rows("SELECT key, text FROM engine_documents WHERE engine = ? ORDER BY key", engine.text)
      .map { EngineDocument(key: $0.0, text: $0.1) }
  }

  /// The documents of this key that engines keep, sorted by engine.
  public func documents(named key: String) throws(EngineError) -> [(engine: EngineName, text: String)] {
    try rows("SELECT engine, text FROM engine_documents WHERE key = ? ORDER BY engine", key)
      .map { (EngineName($0.0), $0.1) }
  }

  public func change(
    _ key: String, of engine: EngineName, by change: (_ text: String?) -> String?
  ) throws(EngineError) {
    guard !isReadOnly else { throw EngineError(StoreError(.notWritable, "\(folder.file) was opened for reading only")) }
    try told {
      try queue.write { database in
        let place: StatementArguments = [engine.text, key]
        let old = try String.fetchOne(
          database, sql: "SELECT text FROM engine_documents WHERE engine = ? AND key = ?", arguments: place)
        switch change(old) {
        case old: break
        case nil:
          try database.execute(sql: "DELETE FROM engine_documents WHERE engine = ? AND key = ?", arguments: place)
        case let text?:
          try database.execute(
            sql: "INSERT OR REPLACE INTO engine_documents (engine, key, text) VALUES (?, ?, ?)",
            arguments: [engine.text, key, text])
        }
      }
    }
  }

  private func rows(_ sql: String, _ argument: String) throws(EngineError) -> [(String, String)] {
    try told {
      try queue.read { database in
        try Row.fetchAll(database, sql: sql, arguments: [argument]).map { ($0[0], $0[1]) }
      }
    }
  }

  private func told<Result>(_ body: () throws -> Result) throws(EngineError) -> Result {
    do throws(StoreError) { return try translated(body) } catch { throw EngineError(error) }
  }
}

extension EngineError {
  fileprivate init(_ error: StoreError) {
    self.init(.unavailable, error.message, .retryable)
  }
}

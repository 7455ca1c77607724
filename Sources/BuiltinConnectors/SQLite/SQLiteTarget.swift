internal import GRDB
internal import SingerProtocol

/// Runs the `sqlite` target over a checked config.
///
/// `dropsFirst` drops each stream's table before it is loaded, in the transaction of its first rows. Commits with `synchronous = FULL` and a rollback journal, so a confirmed state outlives a power cut.
func runSQLiteTarget(
  _ config: JSONValue, _ streams: ConnectorStreams, dropsFirst: Bool
) throws(ConnectorError) {
  let path = config["path"]?.stringValue ?? ""
  guard !path.isEmpty else { throw ConnectorError(.config, "`path` is empty") }
  try makeFolder(of: path)
  let batchRows = max(1, config["batchRows"]?.integerValue ?? 10_000)
  let prefix = config["tablePrefix"]?.stringValue ?? ""
  try database("database `\(path)`") {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      let sink = SQLiteSink(database, tablePrefix: prefix, dropsFirst: dropsFirst)
      try load(database, sink, streams, batchRows)
    }
  }
}

private func load(
  _ connection: Database, _ sink: SQLiteSink, _ streams: ConnectorStreams, _ batchRows: Int
) throws(ConnectorError) {
  var session = TargetSession(sink, streams, batchRows: batchRows)
  do {
    try session.run()
  } catch {
    if connection.isInsideTransaction { try database("rollback") { try connection.rollback() } }
    throw error
  }
}

/// Names what was tried when SQLite refuses; its message never has a row's values in it.
func database<Result>(_ attempt: String, _ body: () throws -> Result) throws(ConnectorError) -> Result {
  do {
    return try body()
  } catch let error as ConnectorError {
    throw error
  } catch let error as DatabaseError {
    throw ConnectorError(.database, "\(attempt): \(error.message ?? error.resultCode.description)")
  } catch {
    throw ConnectorError(.database, "\(attempt): \(type(of: error))")
  }
}

private func makeFolder(of path: String) throws(ConnectorError) {
  guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
  try makeFolder(String(path[..<slash]))
}

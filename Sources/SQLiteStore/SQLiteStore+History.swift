import Foundation
import GRDB
public import PipelineModel
public import StoreAPI

extension SQLiteStore {
  public func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion? {
    try states(of: pipeline, limit: 1).first
  }

  public func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord? {
    let found: [CatalogRecord] = try records(
      "SELECT 'catalogs', document FROM catalogs WHERE pipeline = ?", [pipeline.text])
    return found.first
  }

  public func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    try records(
      "SELECT 'runs', document FROM runs WHERE pipeline = ? ORDER BY number DESC LIMIT ?",
      [pipeline.text, max(0, limit)])
  }

  public func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    let found: [RunRecord] = try records(
      "SELECT 'runs', document FROM runs WHERE pipeline = ? AND number = ?", [id.pipeline.text, id.number])
    return found.first
  }

  public func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    try records(
      "SELECT 'requests', document FROM requests WHERE pipeline = ? ORDER BY sequence DESC LIMIT ?",
      [pipeline.text, max(0, limit)])
  }

  public func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent] {
    try records(
      "SELECT 'intents', document FROM intents WHERE pipeline = ? ORDER BY sequence DESC LIMIT ?",
      [pipeline.text, max(0, limit)])
  }

  public func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord] {
    try records(
      "SELECT 'slots', document FROM slots WHERE pipeline = ? ORDER BY instant DESC LIMIT ?",
      [pipeline.text, max(0, limit)])
  }

  public func commits(limit: Int) throws(StoreError) -> [CommitRecord] {
    try records("SELECT 'commits', document FROM commits ORDER BY number DESC LIMIT ?", [max(0, limit)])
  }

  public func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion] {
    let rows = try translated { try queue.read { try VersionRow.latest(of: pipeline, limit: limit, $0) } }
    let decoder = DocumentDecoder()
    var versions: [StateVersion] = []
    for row in rows {
      guard let origin = try? decoder.decode(StateVersion.Origin.self, from: row.origin) else {
        throw StoreError.corrupt(folder.file, "the table states: a row of \(pipeline) has no origin")
      }
      versions.append(StateVersion(pipeline: pipeline, origin: origin, at: row.at, text: row.text))
    }
    return versions
  }

  private func records<Value: Decodable & Sendable>(_ sql: String, _ values: StatementArguments) throws(StoreError)
    -> [Value]
  {
    let rows = try translated { try queue.read { try $0.rows(sql, values) } }
    return try rows.decoded(as: Value.self, from: self)
  }
}

/// A version of a state as its table holds it.
private struct VersionRow {
  let origin: Data
  let at: Timestamp
  let text: String?

  static func latest(of pipeline: PipelineName, limit: Int, _ database: Database) throws -> [VersionRow] {
    let sql = "SELECT origin, at, text FROM states WHERE pipeline = ? ORDER BY version DESC LIMIT ?"
    let rows = try Row.fetchAll(database, sql: sql, arguments: [pipeline.text, max(0, limit)])
    return rows.map { VersionRow(origin: $0[0], at: Timestamp(milliseconds: $0[1]), text: $0[2]) }
  }
}

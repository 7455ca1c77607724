import GRDB
public import PipelineModel
public import StoreAPI

extension SQLiteStore {
  public func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName] {
    let sql = "SELECT name FROM pipelines WHERE name > ? ORDER BY name LIMIT ?"
    return try translated {
      try queue.read { try String.fetchAll($0, sql: sql, arguments: [name?.text ?? "", max(0, limit)]) }
    }.map { PipelineName($0) }
  }

  public func past(of pipeline: PipelineName, window: Int) throws(StoreError) -> PipelinePast {
    let window = max(0, window)
    let rows = try translated { try queue.read { try PastRows($0, pipeline.text, window: window) } }
    let runs = try rows.runs.decoded(as: RunRecord.self, from: self)
    let requests = try rows.openRequests.decoded(as: RequestRecord.self, from: self)
    return PipelinePast(
      pipeline: pipeline, runCount: rows.runCount, oldestRuns: runs, lastGoodRun: try lastGoodRun(of: pipeline, runs),
      runsInQuestion: Set(requests.compactMap(\.state.openRun)), intentCount: rows.intentCount,
      oldestIntents: try rows.intents.decoded(as: Intent.self, from: self), stateCount: rows.stateCount,
      slotCount: rows.slotCount, oldestSlots: try rows.slots.decoded(as: SlotRecord.self, from: self))
  }

  /// Asked only where one of the oldest may be it; the newest runs are looked at first, a few at a time.
  private func lastGoodRun(of pipeline: PipelineName, _ oldest: [RunRecord]) throws(StoreError) -> RunID? {
    guard let candidate = oldest.last(where: \.isGood) else { return nil }
    var below = Int.max
    while true {
      let rows = try translated {
        try queue.read { try $0.rows(PastRows.newestSQL, [pipeline.text, candidate.id.number, below]) }
      }
      let runs = try rows.decoded(as: RunRecord.self, from: self)
      if let good = runs.first(where: \.isGood) { return good.id }
      guard let last = runs.last else { return candidate.id }
      below = last.id.number
    }
  }

  public func drop(_ past: [PastToDrop]) throws(StoreError) {
    guard !isReadOnly else { throw StoreError(.notWritable, "\(folder.file) was opened for reading only") }
    guard past.contains(where: { !$0.isEmpty }) else { return }
    try translated {
      try queue.write { database in
        for past in past { try drop(past, database) }
      }
    }
  }

  private func drop(_ past: PastToDrop, _ database: Database) throws {
    func delete(_ sql: String, _ values: StatementArguments) throws {
      try database.cachedStatement(sql: sql).execute(arguments: values)
    }
    let name = past.pipeline.text
    for run in past.runs {
      try delete(
        """
        DELETE FROM runs WHERE pipeline = ?1 AND number = ?2 AND active = 0
        AND number < (SELECT max(number) FROM runs WHERE pipeline = ?1)
        """, [name, run.id.number])
    }
    for intent in past.intents { try delete("DELETE FROM intents WHERE id = ? AND open = 0", [intent.text]) }
    for slot in past.slots {
      try delete("DELETE FROM slots WHERE pipeline = ? AND instant = ?", [name, slot.milliseconds])
    }
    guard past.states > 0 else { return }
    try delete(
      """
      DELETE FROM states WHERE version IN (SELECT version FROM states WHERE pipeline = ?1 ORDER BY version LIMIT ?2)
      AND version < (SELECT max(version) FROM states WHERE pipeline = ?1)
      """, [name, past.states])
  }

  /// Gives the space of what was dropped back to the disk where that is a quarter of the file or more, and answers how many bytes.
  ///
  /// Otherwise the space is used for what is recorded next, so the file grows no further. Rewrites the file: for a command that was asked to.
  public func giveBackSpace() throws(StoreError) -> Int64 {
    try translated {
      try queue.writeWithoutTransaction { database in
        let size = try database.pages("page_size")
        let (all, free) = (try database.pages("page_count"), try database.pages("freelist_count"))
        guard free * 4 >= all, free * size >= 1 << 20 else { return 0 }
        try database.execute(sql: "VACUUM")
        return (all - (try database.pages("page_count"))) * size
      }
    }
  }
}

extension Database {
  fileprivate func pages(_ pragma: String) throws -> Int64 {
    try Int64.fetchOne(self, sql: "PRAGMA \(pragma)") ?? 0
  }
}

extension RunRecord {
  fileprivate var isGood: Bool { report.status.outcome?.isGood ?? false }
}

/// Rows of the past of one pipeline, all of one instant.
private struct PastRows {
  let runCount: Int
  let intentCount: Int
  let stateCount: Int
  let slotCount: Int
  let runs: [StoredRow]
  let intents: [StoredRow]
  let slots: [StoredRow]
  let openRequests: [StoredRow]

  init(_ database: Database, _ name: String, window: Int) throws {
    func count(_ table: String) throws -> Int {
      let statement = try database.cachedStatement(sql: "SELECT count(*) FROM \(table) WHERE pipeline = ?")
      return try Int.fetchOne(statement, arguments: [name]) ?? 0
    }
    runCount = try count("runs")
    intentCount = try count("intents")
    stateCount = try count("states")
    slotCount = try count("slots")
    runs = try database.rows(Self.runsSQL, [name, window])
    intents = try database.rows(Self.intentsSQL, [name, 2 * window])
    slots = try database.rows(Self.slotsSQL, [name, 2 * window])
    openRequests = try database.rows(Self.requestsSQL, [name])
  }

  private static let runsSQL = "SELECT 'runs', document FROM runs WHERE pipeline = ? ORDER BY number LIMIT ?"
  private static let intentsSQL =
    "SELECT 'intents', document FROM intents WHERE pipeline = ? ORDER BY sequence LIMIT ?"
  private static let slotsSQL = "SELECT 'slots', document FROM slots WHERE pipeline = ? ORDER BY instant LIMIT ?"
  private static let requestsSQL = "SELECT 'requests', document FROM requests WHERE settled = 0 AND pipeline = ?"
  static let newestSQL = """
    SELECT 'runs', document FROM runs WHERE pipeline = ?1 AND number > ?2 AND number < ?3 ORDER BY number DESC LIMIT 4
    """
}

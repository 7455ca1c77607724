import GRDB
public import PipelineModel
public import StoreAPI

extension SQLiteStore {
  public func load(_ query: StoreQuery) throws(StoreError) -> StoredState {
    if let loaded = try loadedAhead(query) { return loaded }
    return try loadedNow(query).state
  }

  func loadedNow(_ query: StoreQuery) throws(StoreError) -> ReadingAhead.Loaded {
    var (rows, version) = try translated {
      try queue.read { (try LoadedRows($0, query), try Int.dataVersion($0)) }
    }
    return ReadingAhead.Loaded(state: try rows.decoded(from: self), version: version)
  }
}

/// The rows that a query asks for, all of one instant.
private struct LoadedRows {
  let environment: String?
  let isLedgerNew: Bool
  private var pipelines: [StoredRow]
  private var runs: [StoredRow]
  private var requests: [StoredRow]
  private var intents: [StoredRow]
  private var schedules: [StoredRow]
  let occupancy: [EngineOccupancy]

  init(_ database: Database, _ query: StoreQuery) throws {
    let named = query.pipelines.map { Set($0) }
    let names = named?.sorted()
    environment = try String.fetchOne(database, sql: "SELECT environment FROM meta")
    isLedgerNew = try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT * FROM requests)") ?? true
    pipelines = try database.rows(
      of: names, all: Self.pipelineSQL + " ORDER BY name", one: Self.pipelineSQL + " WHERE name = ?")
    runs = try database.rows(of: names, all: Self.allRunsSQL, one: Self.runsSQL)
    schedules = try database.rows(
      of: names, all: Self.scheduleSQL + " ORDER BY pipeline", one: Self.scheduleSQL + " WHERE pipeline = ?")
    occupancy = try named.map { try database.occupancy(besides: $0) } ?? []
    intents = try database.rows(of: names, all: Self.intentSQL, one: Self.intentSQL + " AND pipeline = ?")
    requests =
      try database.rows(of: names, all: Self.requestSQL, one: Self.requestSQL + " AND pipeline = ?")
      + database.rows(asked: query)
  }

  /// Hands the rows out, and keeps none of them: together they are larger than what comes of them.
  mutating func decoded(from store: SQLiteStore) throws(StoreError) -> StoredState {
    let repeats = RepeatedValues(hasRuns: !runs.isEmpty || !intents.isEmpty)
    return StoredState(
      environment: environment,
      pipelines: try pipelines.handedOut().decoded(as: PipelineRecord.self, from: store, sharing: repeats),
      runs: try runs.handedOut().decoded(as: RunRecord.self, from: store, sharing: repeats),
      requests: try requests.handedOut().decoded(as: RequestRecord.self, from: store, sharing: repeats)
        .sorted { $0.key < $1.key },
      intents: try intents.handedOut().decoded(as: Intent.self, from: store, sharing: repeats).sorted { $0.id < $1.id },
      schedules: try schedules.handedOut().decoded(as: ScheduleProgress.self, from: store, sharing: repeats),
      occupancy: occupancy, isLedgerNew: isLedgerNew)
  }

  private static let pipelineSQL = "SELECT 'pipelines', document FROM pipelines"
  private static let scheduleSQL = "SELECT 'schedules', document FROM schedules"
  private static let intentSQL = "SELECT 'intents', document FROM intents WHERE open = 1"
  private static let requestSQL = "SELECT 'requests', document FROM requests WHERE settled = 0"

  private static let runsSQL = """
    SELECT 'runs', document FROM runs WHERE pipeline = ?1
    AND (active = 1 OR number = (SELECT max(number) FROM runs WHERE pipeline = ?1)) ORDER BY number
    """

  /// By way of the pipelines, so that the cost is that of the pipelines and not of their histories.
  private static let allRunsSQL = """
    SELECT 'runs', document FROM (
      SELECT r.pipeline, r.number, r.document FROM pipelines p JOIN runs r
      ON r.pipeline = p.name AND r.number = (SELECT max(number) FROM runs WHERE pipeline = p.name)
      UNION ALL
      SELECT a.pipeline, a.number, a.document FROM runs a INDEXED BY active_runs WHERE a.active = 1
      AND a.number < (SELECT max(number) FROM runs WHERE pipeline = a.pipeline)
    ) ORDER BY pipeline, number
    """
}

extension Database {
  /// The requests that are asked for by their keys; open ones of the pipelines in question are there already.
  func rows(asked query: StoreQuery) throws -> [StoredRow] {
    let named = query.pipelines.map { Set($0) }
    return try Set(query.requests).sorted().flatMap { key in
      let isOutside = named.map { !$0.contains(key.pipeline) } ?? false
      return try rows(
        "SELECT 'requests', document FROM requests WHERE pipeline = ?1 AND request = ?2 AND (settled = 1 OR ?3)",
        [key.pipeline.text, key.request.text, isOutside])
    }
  }

  /// How many runs each engine has of other pipelines: a few at most, so nothing but the engine's name is read of them.
  fileprivate func occupancy(besides named: Set<PipelineName>) throws -> [EngineOccupancy] {
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT pipeline, json_extract(document, '$.observedFrom') FROM runs INDEXED BY active_runs
        WHERE active = 1
        """)
    var runs: [EngineName: Int] = [:]
    while let row = try rows.next() {
      guard !named.contains(PipelineName(row[0])) else { continue }
      runs[EngineName(row[1]), default: 0] += 1
    }
    return runs.map { EngineOccupancy(engine: $0.key, runs: $0.value) }.sorted { $0.engine < $1.engine }
  }

  /// Rows of the named pipelines, or of all, one after the other.
  fileprivate func rows(of names: [PipelineName]?, all: String, one: String) throws -> [StoredRow] {
    guard let names else { return try rows(all, []) }
    return try names.flatMap { try rows(one, [$0.text]) }
  }
}

extension [StoredRow] {
  /// All of them, which are gone here then.
  fileprivate mutating func handedOut() -> [StoredRow] {
    defer { self = [] }
    return self
  }
}

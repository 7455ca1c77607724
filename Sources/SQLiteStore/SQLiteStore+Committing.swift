import GRDB
public import PipelineModel
public import StoreAPI
import Synchronization

extension SQLiteStore {
  public func commit(_ changes: [StateChange]) throws(StoreError) {
    guard !isReadOnly else { throw StoreError(.notWritable, "\(folder.file) was opened for reading only") }
    guard !changes.isEmpty else { return }
    ahead.withLock { $0 = nil }
    try translated {
      try queue.write { database in
        for change in inOrder(changes) { try put(change, database) }
      }
    }
  }

  /// Runs that end go before runs that begin: between the two there is never a second active one.
  private func inOrder(_ changes: [StateChange]) -> [StateChange] {
    var last: [RunID: Int] = [:]
    for (position, change) in changes.enumerated() {
      if case .putRun(let record) = change { last[record.id] = position }
    }
    var ended: [StateChange] = []
    var others: [StateChange] = []
    for (position, change) in changes.enumerated() {
      guard case .putRun(let record) = change else {
        others.append(change)
        continue
      }
      guard last[record.id] == position else { continue }
      if record.isActive { others.append(change) } else { ended.append(change) }
    }
    return ended + others
  }

  private func put(_ change: StateChange, _ database: Database) throws {
    switch change {
    case .putPipeline(let record):
      try run(
        "INSERT INTO pipelines (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
        [record.name.text, documents.text(of: record)], database)
    case .putRun(let record):
      try put(record, database)
    case .dropRun(let id):
      try run("DELETE FROM runs WHERE pipeline = ? AND number = ?", [id.pipeline.text, id.number], database)
    case .putRequest(let record):
      try put(record, database)
    case .putIntent(let intent):
      try put(intent, database)
    case .appendState(let version):
      try run(
        "INSERT INTO states (pipeline, origin, at, text) VALUES (?, ?, ?, ?) ON CONFLICT (pipeline, origin) DO NOTHING",
        [version.pipeline.text, documents.text(of: version.origin), version.at.milliseconds, version.text], database)
    case .putCatalog(let record):
      try run(
        """
        INSERT INTO catalogs (pipeline, document) VALUES (?, ?)
        ON CONFLICT (pipeline) DO UPDATE SET document = excluded.document
        """, [record.pipeline.text, documents.text(of: record)], database)
    case .putSlot(let record):
      try run(
        "INSERT INTO slots (pipeline, instant, document) VALUES (?, ?, ?) ON CONFLICT (pipeline, instant) DO NOTHING",
        [record.pipeline.text, record.instant.milliseconds, documents.text(of: record)], database)
    case .putSchedule(let progress):
      try run(
        """
        INSERT INTO schedules (pipeline, document) VALUES (?, ?)
        ON CONFLICT (pipeline) DO UPDATE SET document = excluded.document
        """, [progress.pipeline.text, documents.text(of: progress)], database)
    case .appendCommit(let record):
      try run("INSERT INTO commits (document) VALUES (?)", [documents.text(of: record)], database)
    case .bindEnvironment(let name):
      try run("UPDATE meta SET environment = ?", [name], database)
    }
  }

  private func put(_ record: RunRecord, _ database: Database) throws {
    try run(
      """
      INSERT INTO runs (pipeline, number, active, external, document) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (pipeline, number) DO UPDATE
      SET active = excluded.active, external = excluded.external, document = excluded.document
      """,
      [
        record.id.pipeline.text, record.id.number, record.isActive, record.order.trigger == .external,
        documents.text(of: record),
      ], database)
  }

  private func put(_ record: RequestRecord, _ database: Database) throws {
    try run(
      """
      INSERT INTO requests (pipeline, request, settled, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (pipeline, request) DO UPDATE SET settled = excluded.settled, document = excluded.document
      """,
      [record.key.pipeline.text, record.key.request.text, record.state.result != nil, documents.text(of: record)],
      database)
  }

  private func put(_ intent: Intent, _ database: Database) throws {
    try run(
      """
      INSERT INTO intents (id, pipeline, open, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET open = excluded.open, document = excluded.document
      """,
      [intent.id.text, intent.operation.pipeline.text, intent.state.isOpen, documents.text(of: intent)], database)
  }

  private func run(_ sql: String, _ values: StatementArguments, _ database: Database) throws {
    try database.cachedStatement(sql: sql).execute(arguments: values)
  }
}

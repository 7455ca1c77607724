import Dispatch
import Foundation
import GRDB
import Glibc
import PipelineModel
@testable import SQLiteStore
import StoreAPI
import Synchronization
import Testing

extension SQLiteStore {
  fileprivate func onWriter<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try queue.writeWithoutTransaction(body)
  }
}

@Suite struct SQLiteStoreTests {
  typealias Samples = StoreSamples

  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func code(_ body: () throws -> Void) -> StoreError.Code? {
    do { try body() } catch { return (error as? StoreError)?.code }
    return nil
  }

  @Test func `what was committed is there after closing and opening`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit(Samples.everything)
    let before = try store.load(StoreQuery())
    let id = store.folderID
    try store.close()
    let again = try SQLiteStore.open(folder: folder.path)
    #expect(try again.load(StoreQuery()) == before)
    #expect(again.folderID == id)
    #expect(id.count == 32 && id.allSatisfy(\.isHexDigit))
    let other = try SQLiteStore.open(folder: folder.parent + "/other")
    #expect(other.folderID != id)
  }

  @Test func `what is read ahead is what a load answers, and what was written meanwhile is seen`() throws {
    let writer = try SQLiteStore.open(folder: folder.path)
    try writer.commit(Samples.everything)
    let reader = try #require(try SQLiteStore.openReadOnly(folder: folder.path))
    let keys = Samples.everything.compactMap { change -> RequestKey? in
      if case .putRequest(let record) = change { record.key } else { nil }
    }
    for query in [StoreQuery(), StoreQuery(requests: keys), StoreQuery(pipelines: [PipelineName("orders")])] {
      reader.readAhead()
      #expect(try reader.load(query) == writer.load(query))
    }
    reader.readAhead()
    try #require(try reader.loadedAhead(StoreQuery()) != nil)
    reader.readAhead()
    _ = reader.ahead.withLock { $0 }?.loaded
    try writer.commit([.putPipeline(Samples.pipeline("written-meanwhile"))])
    #expect(try reader.load(StoreQuery()).pipeline(PipelineName("written-meanwhile")) != nil)
  }

  @Test func `values that documents repeat are those of each document`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    let records = (1...300).map { number -> PipelineRecord in
      var record = Samples.pipeline("shop-\(number)", generation: number)
      record.applied.spec = Samples.spec("db-\(number % 7)")
      return record
    }.sorted { $0.name < $1.name }
    try store.commit(records.map { .putPipeline($0) })
    #expect(try store.load(StoreQuery()).pipelines == records)
  }

  @Test func `only the owner can enter the folder and read the file`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    #expect(mode(folder.path) == 0o700)
    #expect(mode(folder.file) == 0o600)
    try store.backup(to: folder.parent + "/copy")
    #expect(mode(folder.parent + "/copy") == 0o600)
    try store.close()
    chmod(folder.file, 0o644)
    _ = try SQLiteStore.open(folder: folder.path)
    #expect(mode(folder.file) == 0o600)
  }

  /// A look between two statements of the other process would find half of the tables, and take that for a fault.
  @Test(arguments: [true, false])
  func `opening waits while another process makes or changes the tables`(isReading: Bool) throws {
    try SQLiteStore.open(folder: folder.path).close()
    let path = folder.path
    let hasOpened = Mutex(false)
    let opening = DispatchGroup()
    try StoreFolder(path: path).locked(LOCK_EX) {
      DispatchQueue.global().async(group: opening) {
        let store = try? isReading ? SQLiteStore.openReadOnly(folder: path) : SQLiteStore.open(folder: path)
        hasOpened.withLock { $0 = store != nil }
      }
      while try !isAwaited(path), opening.wait(timeout: .now() + .milliseconds(5)) == .timedOut {}
      #expect(!hasOpened.withLock { $0 }, "it did not wait")
    }
    opening.wait()
    #expect(hasOpened.withLock { $0 }, "it went on when the tables were there")
  }

  /// Whether some thread waits for a lock of the file or folder.
  private func isAwaited(_ path: String) throws -> Bool {
    var status = stat()
    try #require(stat(path, &status) == 0)
    let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
    return locks.split(separator: "\n").contains { $0.contains("->") && $0.contains(":\(status.st_ino) ") }
  }

  @Test func `reading where nothing was recorded makes nothing`() throws {
    #expect(try SQLiteStore.openReadOnly(folder: folder.path) == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func `many pipelines come back in their order`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    let records = (1000..<2001).map { Samples.pipeline("p\($0)") }
    try store.commit(records.map { .putPipeline($0) })
    #expect(try store.load(StoreQuery()).pipelines == records)
    #expect(try store.load(StoreQuery(pipelines: records.map(\.name).reversed())).pipelines == records)
  }

  @Test func `a store that was opened for reading sees new commits, and refuses to write`() throws {
    let writer = try SQLiteStore.open(folder: folder.path)
    let reader = try #require(try SQLiteStore.openReadOnly(folder: folder.path))
    try writer.commit(Samples.everything)
    #expect(try reader.load(StoreQuery()) == writer.load(StoreQuery()))
    #expect(code { try reader.commit([.bindEnvironment("x")]) } == .notWritable)
  }

  @Test func `a reader reads while another process is in the middle of a transaction`() throws {
    let writer = try SQLiteStore.open(folder: folder.path)
    try writer.commit([.bindEnvironment("before")])
    let reader = try #require(try SQLiteStore.openReadOnly(folder: folder.path))
    let other = try DatabaseQueue(path: folder.file)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE; UPDATE meta SET environment = 'half done'")
      #expect(try reader.load(StoreQuery()).environment == "before")
      try database.execute(sql: "COMMIT")
    }
    #expect(try reader.load(StoreQuery()).environment == "half done")
  }

  @Test func `a file of a newer version is refused and stays as it is`() throws {
    try SQLiteStore.open(folder: folder.path).close()
    try DatabaseQueue(path: folder.file).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99: ships')")
    }
    let before = try Data(contentsOf: URL(filePath: folder.file))
    #expect(code { _ = try SQLiteStore.open(folder: folder.path) } == .newerVersion)
    #expect(code { _ = try SQLiteStore.openReadOnly(folder: folder.path) } == .newerVersion)
    #expect(try Data(contentsOf: URL(filePath: folder.file)) == before)
  }

  @Test func `a damaged file is said to be damaged, with the way out`() throws {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: folder.file))
    do {
      _ = try SQLiteStore.open(folder: folder.path)
      Issue.record("a damaged file was opened")
    } catch {
      #expect(error.code == .corrupt)
      #expect(error.message.contains("pipectl state restore"))
    }
  }

  @Test(arguments: [
    ("pipelines WHERE name = 'a'", "the row of `a` in the table pipelines: it is no PipelineRecord"),
    ("runs WHERE pipeline = 'b' AND number = 2", "the row of `b.2` in the table runs: it is no RunRecord"),
    ("requests WHERE request = 'z'", "the row of `a, request z` in the table requests: it is no RequestRecord"),
    ("schedules WHERE pipeline = 'a'", "the row of `a` in the table schedules: it is no ScheduleProgress"),
  ])
  func `a record that cannot be read is damage, told by its table and key without what it holds`(
    row: String, place: String
  ) throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit(Samples.everything)
    try DatabaseQueue(path: folder.file).write {
      let parts = row.components(separatedBy: " WHERE ")
      try $0.execute(sql: "UPDATE \(parts[0]) SET document = '{\"\(Samples.canary)\": 1}' WHERE \(parts[1])")
    }
    do {
      _ = try store.load(StoreQuery())
      Issue.record("a broken document was read")
    } catch {
      #expect(error.code == .corrupt)
      #expect(
        error.message
          == "\(folder.file) is damaged (\(place)); bring back a backup with `pipectl state restore FILE`, which keeps the damaged file"
      )
    }
  }

  @Test func `of many records that are read on several threads, the first that is damaged is told`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit((1000..<2001).map { .putPipeline(Samples.pipeline("p\($0)")) })
    try DatabaseQueue(path: folder.file).write {
      try $0.execute(
        sql: "UPDATE pipelines SET document = json_object('was', name) WHERE name IN ('p1200', 'p1700', 'p1701')")
    }
    do {
      _ = try store.load(StoreQuery())
      Issue.record("a broken document was read")
    } catch {
      #expect(error.message.contains("the row of `p1200`"), "\(error)")
    }
  }

  @Test func `without space the commit fails whole, and the next one works`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.bindEnvironment("before")])
    let pages = try store.onWriter { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
    try store.onWriter { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    let big = Samples.state("a", run: 1, 1, text: String(repeating: Samples.canary, count: 100_000))
    do {
      try store.commit([.bindEnvironment("after"), .appendState(big)])
      Issue.record("it found space")
    } catch {
      #expect(error.code == .full)
      #expect(error.message.hasPrefix("no space is left for \(folder.path)"), "\(error)")
      #expect(!error.message.contains(Samples.canary))
    }
    #expect(try store.load(StoreQuery()).environment == "before")
    try store.onWriter { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    try store.commit([.bindEnvironment("after"), .appendState(big)])
    #expect(try store.latestState(of: PipelineName("a")) == big)
    #expect(try store.checkIntegrity().isEmpty)
  }

  @Test func `no failure shows what was to be written`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.putPipeline(Samples.pipeline("a")), .putRun(Samples.run("a", 1, .starting))])
    var second = Samples.run("a", 2, .starting)
    second.order.reason = Samples.canary
    do {
      try store.commit([.putRun(second)])
      Issue.record("two active runs were recorded")
    } catch {
      #expect(error.code == .failed)
      #expect(!error.message.contains(Samples.canary) && !error.message.contains("INSERT"))
    }
  }

  @Test func `the writer keeps a rollback journal and syncs every commit, its removal too`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    let found = try store.onWriter { database in
      try ["journal_mode", "synchronous", "foreign_keys"].map { try String.fetchOne(database, sql: "PRAGMA \($0)") }
    }
    #expect(found == ["delete", "3", "1"])
  }

  @Test func `the ledger, the latest state and run and what is open cannot be taken away, not even by hand`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit(Samples.everything)
    for sql in [
      "DELETE FROM states", "UPDATE states SET text = NULL", "DELETE FROM requests", "DELETE FROM runs",
      "DELETE FROM runs WHERE active = 1", "DELETE FROM intents",
    ] {
      #expect(throws: DatabaseError.self) { try store.onWriter { try $0.execute(sql: sql) } }
    }
  }

  @Test func `space that was used is used again, and given back when it is asked for`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    let text = String(repeating: "x", count: 100_000)
    func fill(_ run: Int) throws {
      try store.commit((1...20).map { .appendState(Samples.state("a", run: run, $0, text: text)) })
    }
    func size() throws -> Int64 { try store.onWriter { try Int64.fetchOne($0, sql: "PRAGMA page_count") ?? 0 } }
    try fill(1)
    let full = try size()
    try store.drop([PastToDrop(pipeline: PipelineName("a"), states: 19)])
    try fill(2)
    #expect(try size() < full + full / 5, "a full file's worth of rows took the place of those that went")
    #expect(try store.giveBackSpace() == 0, "too little is free")
    try store.drop([PastToDrop(pipeline: PipelineName("a"), states: 20)])
    #expect(try store.giveBackSpace() > 1_000_000)
    #expect(try size() < full / 2)
    #expect(try store.checkIntegrity().isEmpty)
    #expect(try store.states(of: PipelineName("a"), limit: 30).count == 1)
  }

  @Test func `of the latest and the active runs only one goes that was ordered and has not begun`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.putPipeline(StoreSamples.pipeline("a"))])
    for (number, status) in [(1, RunStatus.ended(.lost)), (2, .active(.extract)), (3, .starting)] {
      let run = StoreSamples.run("a", number, status)
      try store.commit([.putRun(run)])
      if status == .starting {
        try store.commit([.dropRun(run.id)])
        #expect(try store.run(run.id) == nil)
      } else {
        #expect(code { try store.commit([.dropRun(run.id)]) } == .failed)
        try store.commit([.putRun(StoreSamples.run("a", number))])
      }
    }
  }

  @Test func `migrations are known by name`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    #expect(
      try store.appliedMigrations() == [
        "v1: pipelines, runs, requests, intents, states, catalogs", "v2: slots, schedules", "v3: the past may go",
        "v4: commits", "v5: documents of engines", "v6: what was ordered and never was may go",
      ])
    #expect(SQLiteStore.linkedVersion.hasPrefix("3."))
  }

  @Test func `many can open a new folder at once, and all see the same one`() async throws {
    let path = folder.path
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try SQLiteStore.open(folder: path).folderID } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
  }
}

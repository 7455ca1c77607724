import GRDB
import Glibc
public import StoreAPI
import Synchronization

/// The memory of a state folder in one SQLite file with a rollback journal.
///
/// Every commit is durable when it returns. Readers work while another process writes.
public final class SQLiteStore: ControlStore {
  let folder: StoreFolder
  let queue: DatabaseQueue
  let isReadOnly: Bool
  let documents = StoreDocument()
  let ahead = Mutex<ReadingAhead?>(nil)
  /// 32 hexadecimal digits, drawn when the folder was made.
  public let folderID: String

  private init(folder: StoreFolder, queue: DatabaseQueue, isReadOnly: Bool) throws(StoreError) {
    self.folder = folder
    self.queue = queue
    self.isReadOnly = isReadOnly
    do {
      let found = try queue.read { try String.fetchOne($0, sql: "SELECT folder FROM meta") }
      folderID = try found ?? { throw StoreError.corrupt(folder.file, "it has no identity") }()
    } catch {
      throw StoreError(error, at: folder.file)
    }
  }

  /// Opens the store of a folder for writing; makes folder and file where they are missing, and brings an older file up to date.
  public static func open(folder path: String) throws(StoreError) -> SQLiteStore {
    let folder = StoreFolder(path: path)
    try folder.prepare()
    let queue = try connect(folder, readOnly: false)
    return try SQLiteStore(folder: folder, queue: queue, isReadOnly: false)
  }

  /// Whether something was recorded in that folder.
  public static func isThere(in folder: String) throws(StoreError) -> Bool {
    try StoreFolder(path: folder).holdsStore()
  }

  /// Opens the store of a folder for reading; absent where nothing was recorded yet, and nothing is made then.
  ///
  /// What a killed writer left half done is rolled back on the way, where the file can be written.
  public static func openReadOnly(folder path: String) throws(StoreError) -> SQLiteStore? {
    let folder = StoreFolder(path: path)
    guard try folder.holdsStore() else { return nil }
    let queue = try connectForReading(folder)
    return try SQLiteStore(folder: folder, queue: queue, isReadOnly: true)
  }

  /// A closed store answers every call with an error.
  public func close() throws(StoreError) {
    try translated { try queue.close() }
  }
}

extension SQLiteStore {
  private static func connectForReading(_ folder: StoreFolder) throws(StoreError) -> DatabaseQueue {
    do {
      return try connect(folder, readOnly: false)
    } catch  where error.code == .notWritable {
      return try connect(folder, readOnly: true)
    }
  }

  private static func connect(_ folder: StoreFolder, readOnly: Bool) throws(StoreError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(10)
    configuration.label = "store"
    do {
      let queue = try DatabaseQueue(path: folder.file, configuration: configuration)
      let isCurrent = try folder.locked(LOCK_SH) { try Self.isCurrent(queue, folder) }
      try queue.writeWithoutTransaction { try makeDurable($0, readOnly: readOnly) }
      if !isCurrent { try folder.locked(LOCK_EX) { try StoreSchema.migrator.migrate(queue) } }
      return queue
    } catch {
      throw StoreError(error, at: folder.file)
    }
  }

  /// Whether the tables are those of this version. Read under the folder's lock: tables that another process is just making are
  /// neither missing nor there, and the migrator takes them for a fault.
  private static func isCurrent(_ queue: DatabaseQueue, _ folder: StoreFolder) throws -> Bool {
    try queue.writeWithoutTransaction { database in
      try refuseNewer(database, folder.file)
      return try StoreSchema.migrator.hasCompletedMigrations(database)
    }
  }

  /// EXTRA is FULL, and makes the removal of the journal durable too: without that, a power cut just after a commit could
  /// bring the journal back, and the commit would be undone.
  private static func makeDurable(_ database: Database, readOnly: Bool) throws {
    try database.execute(sql: "PRAGMA synchronous = EXTRA")
    guard !readOnly else { return }
    let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
    if mode != "delete" { try database.execute(sql: "PRAGMA journal_mode = DELETE") }
  }

  static func refuseNewer(_ database: Database, _ path: String) throws {
    let known = Set(StoreSchema.migrator.migrations)
    let unknown = try StoreSchema.migrator.appliedIdentifiers(database).subtracting(known).sorted()
    guard let first = unknown.first else { return }
    throw StoreError(
      .newerVersion,
      "\(path) was written by a newer pipectl (it has `\(first)`); nothing was touched: install that version again")
  }

  /// Runs what may fail in SQLite's way, and answers in the port's.
  func translated<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
    do { return try body() } catch { throw StoreError(error, at: folder.file) }
  }
}

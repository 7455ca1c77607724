import GRDB
import Glibc
public import StoreAPI

extension SQLiteStore {
  /// The version of the SQLite that this program is linked with.
  public static var linkedVersion: String {
    let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    return version ?? "unknown"
  }

  /// What the file went through, in order.
  public func appliedMigrations() throws(StoreError) -> [String] {
    try translated { try queue.read { try StoreSchema.migrator.appliedMigrations($0) } }
  }

  /// What SQLite finds wrong with the file; nothing is wrong with an empty answer.
  public func checkIntegrity() throws(StoreError) -> [String] {
    try translated { try queue.read { try findings($0) } }
  }

  /// Copies the store, as it is at one instant, to a file that must not exist yet; it is there whole or not at all.
  public func backup(to path: String) throws(StoreError) {
    let partial = "\(path).partial-\(getpid())"
    defer { unlink(partial) }
    try copy(queue, to: partial, folder)
    guard link(partial, path) == 0 else {
      guard errno == EEXIST else { throw folder.failure(path) }
      throw StoreError(.failed, "\(path) exists already; a backup never replaces a file")
    }
    try folder.synchronize(folder.folderHolding(path))
  }

  /// Puts a backup in the place of a folder's store, and answers where the replaced file is kept, if there was one.
  ///
  /// The backup is checked first, and copied, so that it stays as it is. Whoever calls holds the folder's lock.
  public static func restore(folder path: String, from backup: String) throws(StoreError) -> String? {
    let folder = StoreFolder(path: path)
    let source = try openBackup(backup)
    defer { try? source.close() }
    let isNew = !folder.hasFile
    try folder.prepare()
    let partial = folder.file + ".restoring"
    unlink(partial)
    try copy(source, to: partial, folder)
    let kept = isNew ? nil : try keepReplaced(folder)
    guard rename(partial, folder.file) == 0 else { throw folder.failure(folder.file) }
    try folder.synchronize(folder.path)
    return kept
  }
}

/// Links the present file under a free name, together with the journal that belongs to it and to no other file.
private func keepReplaced(_ folder: StoreFolder) throws(StoreError) -> String {
  var number = 1
  while link(folder.file, "\(folder.file).before-restore-\(number)") != 0 {
    guard errno == EEXIST else { throw folder.failure(folder.file) }
    number += 1
  }
  let kept = "\(folder.file).before-restore-\(number)"
  if rename(folder.file + "-journal", kept + "-journal") != 0, errno != ENOENT { throw folder.failure(kept) }
  return kept
}

private func openBackup(_ path: String) throws(StoreError) -> DatabaseQueue {
  var configuration = Configuration()
  configuration.readonly = true
  guard access(path, R_OK) == 0 else { throw StoreError(.failed, "\(path): \(String(cString: strerror(errno)))") }
  do {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.read { database in
      try SQLiteStore.refuseNewer(database, path)
      guard try !StoreSchema.migrator.appliedIdentifiers(database).isEmpty else {
        throw StoreError(.failed, "\(path) is no backup of a state folder")
      }
      if let first = try findings(database).first {
        throw StoreError(.corrupt, "the backup \(path) is damaged: \(first)")
      }
    }
    return queue
  } catch let failure as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(failure.resultCode) {
    throw StoreError(.corrupt, "the backup \(path) is damaged, or no backup: take another one; nothing was touched")
  } catch {
    throw StoreError(error, at: path)
  }
}

private func findings(_ database: Database) throws -> [String] {
  let found = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
  let foreign = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row -> String in
    let table: String = row[0]
    return "a row of \(table) belongs to nothing"
  }
  return found + Set(foreign).sorted()
}

/// A durable copy that only its owner can read.
private func copy(_ source: DatabaseQueue, to path: String, _ folder: StoreFolder) throws(StoreError) {
  let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw folder.failure(path) }
  defer { close(descriptor) }
  do {
    let target = try DatabaseQueue(path: path)
    try source.backup(to: target)
    try target.close()
  } catch {
    throw StoreError(error, at: path)
  }
  guard fsync(descriptor) == 0 else { throw folder.failure(path) }
}

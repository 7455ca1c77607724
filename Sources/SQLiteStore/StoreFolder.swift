import Foundation
import Glibc
import StoreAPI

/// Where a store lives: a folder that only its owner can enter, with a file that only its owner can read.
struct StoreFolder: Sendable {
  let path: String

  var file: String { path + "/store.sqlite" }

  var hasFile: Bool { (try? holdsStore()) ?? true }

  /// Whether something was recorded here. A folder that cannot be entered, or is none, is not an empty one.
  func holdsStore() throws(StoreError) -> Bool {
    var status = stat()
    if stat(file, &status) == 0 { return status.st_size > 0 }
    guard errno != ENOENT else { return false }
    throw failure(file)
  }

  /// Makes the folder (0700) where it is missing, and an empty file (0600) for SQLite to fill.
  func prepare() throws(StoreError) {
    var status = stat()
    if stat(path, &status) != 0 {
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw StoreError(
          .notWritable, "the state folder \(path) cannot be made; check the modes of the folder above it")
      }
      try synchronize(folderHolding(path))
    }
    let descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(file) }
    defer { close(descriptor) }
    if fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 {
      throw failure(file)
    }
  }

  /// Runs `body` under the lock of migrations: shared (`LOCK_SH`) to look at the tables, alone (`LOCK_EX`) to change them.
  func locked<Result>(_ kind: Int32, _ body: () throws -> Result) throws -> Result {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    while flock(descriptor, kind) != 0 {
      guard errno == EINTR else { throw failure(path) }
    }
    return try body()
  }

  /// The folder that a file or folder is in. Foundation's own `deletingLastPathComponent` traps for a relative name of one character.
  func folderHolding(_ path: String) -> String {
    let name = path.lastIndex { $0 != "/" }.map { path[...$0] } ?? "/"
    guard let slash = name.lastIndex(of: "/") else { return "." }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }

  /// Makes what a file or folder holds durable.
  func synchronize(_ path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  /// The last system call's failure.
  func failure(_ path: String) -> StoreError {
    let code = errno
    let text = "\(path): \(String(cString: strerror(code)))"
    switch code {
    case ENOSPC, EDQUOT: return StoreError(.full, text)
    case ENOTDIR: return StoreError(.noFolder, "`\(self.path)` is a file, or lies in one")
    case EACCES, EPERM, EROFS, EISDIR: return StoreError(.notWritable, text)
    default: return StoreError(.failed, text)
    }
  }
}

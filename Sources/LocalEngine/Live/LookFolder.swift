internal import Foundation
internal import Glibc

/// The private folder of one look at a connector: it holds settings with secrets, so it is gone afterwards.
///
/// Whoever uses it holds its lock. What somebody left behind who was killed is known by the free lock, and removed by the next one.
struct LookFolder {
  let directory: RunDirectory
  private let lock: FileDescriptor

  private static let prefix = "pipectl-look."

  /// - Parameter base: the folder for temporary files.
  init(in base: String) throws(PosixError) {
    let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    // Under its final name only with its lock held: else the next one would take it for left behind.
    let early = "\(base)/.\(Self.prefix)\(name)"
    guard mkdir(early, 0o700) == 0 else { throw PosixError("make the folder \(early)") }
    guard let lock = try RunLock.take(RunDirectory(early)) else { throw PosixError("lock \(early)", EAGAIN) }
    directory = RunDirectory("\(base)/\(Self.prefix)\(name)")
    guard rename(early, directory.path) == 0 else { throw PosixError("rename \(early) to \(directory.path)") }
    self.lock = lock
  }

  /// Ends what is left of its processes, and removes it.
  func remove() throws {
    try Self.clear(directory)
    lock.close()
  }

  /// Removes what was left behind by those who were killed.
  static func removeRemains(in base: String) throws {
    for name in try Files.names(in: base) ?? [] where name.hasPrefix(prefix) {
      let directory = RunDirectory("\(base)/\(name)")
      guard isOwn(directory), let lock = try? RunLock.take(directory) else { continue }
      try clear(directory)
      lock.close()
    }
  }

  private static func clear(_ directory: RunDirectory) throws {
    for process in ProcessTable.others(startedWith: directory.mark) { kill(process.pid, SIGKILL) }
    directory.removeSecrets()
    try FileManager.default.removeItem(atPath: directory.path)
  }

  /// A folder of our own; a link, or what belongs to somebody else, is not touched.
  private static func isOwn(_ directory: RunDirectory) -> Bool {
    var status = stat()
    return lstat(directory.path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
  }
}

internal import Glibc

/// What tells cheaply that a run's report has changed.
struct RunFingerprint: Hashable, Sendable {
  var journalBytes: Int64
  var isLocked: Bool
  var stopStamp: Int64
  var isActive: Bool

  init(_ directory: RunDirectory) {
    journalBytes = Self.status(directory.journal).map { Int64($0.st_size) } ?? 0
    stopStamp =
      Self.status(directory.stop).map { Int64($0.st_mtim.tv_sec) * 1_000_000_000 + Int64($0.st_mtim.tv_nsec) } ?? 0
    isLocked = (try? RunLock.isHeld(directory)) ?? false
    isActive = Files.exists(directory.path)
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}

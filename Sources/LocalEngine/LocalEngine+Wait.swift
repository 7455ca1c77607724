internal import Foundation
internal import Glibc
public import PipelineModel
internal import Synchronization

extension LocalEngine {
  /// Returns when there is more to report of one of the runs than `observe` or `progress` last told, or when the time is over.
  ///
  /// The kernel tells of new journal entries; that a supervisor died it does not tell, so that is noticed within half a second.
  public func awaitChange(in runs: [RunID], timeout: TimeSpan) async {
    await watching { [self] in waitForChange(in: runs, until: Clock.uptime() + timeout.milliseconds, $0) }
  }

  /// Returns when one of the runs has ended, or its supervisor lets go of the journal, as it does by its death too, or when the time is over;
  /// at once while none of them has a journal.
  public func awaitEnd(of runs: [RunID], timeout: TimeSpan) async {
    await watching { [self] in waitForEnd(of: runs, until: Clock.uptime() + timeout.milliseconds, $0) }
  }

  /// What blocks has a thread of its own, and a descriptor that tells of what it watches.
  private func watching(_ body: @escaping @Sendable (FileDescriptor) -> Void) async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let notices = FileDescriptor(adopting: inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)))
        body(notices)
        continuation.resume()
        // The kernel takes up to 20 ms to forget what was watched, and nobody has to wait for that.
        notices.close()
      }
    }
  }

  private func waitForChange(in runs: [RunID], until deadline: Int64, _ notices: FileDescriptor) {
    for run in runs {
      guard let directory = directory(of: run) else { continue }
      inotify_add_watch(notices.number, directory.path, UInt32(IN_MODIFY | IN_MOVED_TO | IN_CREATE | IN_MOVE_SELF))
    }
    var known = memory.withLock { $0.lastSeen }
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      for run in runs {
        let fingerprint = directory(of: run).map { RunFingerprint($0) }
        if let seen = known[run], seen != fingerprint { return }
        if known[run] == nil, let fingerprint { known[run] = fingerprint }
      }
      let left = deadline - Clock.uptime()
      guard left > 0 else { return }
      notices.awaitInput(milliseconds: min(left, 500))
      while read(notices.number, &buffer, buffer.count) > 0 {}
    }
  }

  private func waitForEnd(of runs: [RunID], until deadline: Int64, _ notices: FileDescriptor) {
    let journals = runs.compactMap { directory(of: $0)?.journal }
    let watched = journals.filter { inotify_add_watch(notices.number, $0, UInt32(IN_CLOSE_WRITE)) >= 0 }
    let hasEnded = runs.contains { progress(of: $0)?.status.isEnded ?? false }
    if !watched.isEmpty, !hasEnded { notices.awaitInput(milliseconds: deadline - Clock.uptime()) }
  }
}

extension FileDescriptor {
  /// Until there is something to read, or the time is over.
  fileprivate func awaitInput(milliseconds: Int64) {
    var state = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    poll(&state, 1, Int32(clamping: max(milliseconds, 0)))
  }
}

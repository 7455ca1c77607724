internal import Foundation
internal import Glibc
public import PipelineModel
internal import Synchronization

extension LocalEngine {
  /// Returns when there is more to report of one of the runs than `observe` or `progress` last told, or when the time is over.
  ///
  /// The kernel tells of new journal entries; that a supervisor died it does not tell, so that is noticed within half a second.
  public func awaitChange(in runs: [RunID], timeout: TimeSpan) async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        waitForChange(in: runs, until: Clock.uptime() + timeout.milliseconds)
        continuation.resume()
      }
    }
  }

  private func waitForChange(in runs: [RunID], until deadline: Int64) {
    let notices = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    defer { if notices >= 0 { close(notices) } }
    for run in runs {
      guard let directory = directory(of: run) else { continue }
      inotify_add_watch(notices, directory.path, UInt32(IN_MODIFY | IN_MOVED_TO | IN_CREATE | IN_MOVE_SELF))
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
      var wait = pollfd(fd: notices, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, Int32(min(left, 500)))
      while read(notices, &buffer, buffer.count) > 0 {}
    }
  }
}

import CPosix
@preconcurrency import Dispatch
import Glibc
import Synchronization

/// The signals of a controller that stays: SIGTERM and SIGINT end it, SIGHUP makes it look at everything.
///
/// Handlers and not a mask, since programs that it starts inherit a mask, and no handlers.
final class ServeSignals: Sendable {
  enum Signal: Sendable {
    case look
    /// The second one is meant for somebody who waits too long.
    case end(isFirst: Bool)
  }

  private let source: any DispatchSourceRead

  init(_ hear: @escaping @Sendable (Signal) -> Void) {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let reader = ends[0]
    let count = Mutex(0)
    source = DispatchSource.makeReadSource(fileDescriptor: reader, queue: .global())
    source.setEventHandler {
      var byte: UInt8 = 0
      while read(reader, &byte, 1) == 1 {
        guard Int32(byte) != SIGHUP else {
          hear(.look)
          continue
        }
        let number = count.withLock { count in
          count += 1
          return count
        }
        hear(.end(isFirst: number == 1))
      }
    }
    source.activate()
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = cposix_watch_signal(number, ends[1]) }
  }

  func cancel() { source.cancel() }
}

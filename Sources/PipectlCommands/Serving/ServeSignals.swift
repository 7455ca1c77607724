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

  private let reader: Int32
  private let state = Mutex(State())

  private struct State {
    /// What came before somebody listened.
    var early: [Signal] = []
    var ends = 0
    var source: (any DispatchSourceRead)?
  }

  /// From now on no signal is lost: what comes before somebody listens is told then.
  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    reader = ends[0]
    // SIGHUP last: whoever sees that it is heard knows that all are.
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = cposix_watch_signal(number, ends[1]) }
  }

  func listen(_ hear: @escaping @Sendable (Signal) -> Void) {
    let source = DispatchSource.makeReadSource(fileDescriptor: reader, queue: .global())
    source.setEventHandler { [self] in
      for signal in state.withLock({ take(&$0) }) { hear(signal) }
    }
    for signal in state.withLock({ $0.early }) { hear(signal) }
    source.activate()
    state.withLock { $0.source = source }
  }

  /// Whether it was told to end before it began, for those who wait for something before they listen.
  func wasToldToEnd() -> Bool {
    state.withLock { state in
      state.early += take(&state)
      return state.early.contains { if case .end = $0 { true } else { false } }
    }
  }

  func cancel() { state.withLock { $0.source?.cancel() } }

  private func take(_ state: inout State) -> [Signal] {
    var signals: [Signal] = []
    var byte: UInt8 = 0
    while read(reader, &byte, 1) == 1 {
      if Int32(byte) == SIGHUP {
        signals.append(.look)
      } else {
        state.ends += 1
        signals.append(.end(isFirst: state.ends == 1))
      }
    }
    return signals
  }
}

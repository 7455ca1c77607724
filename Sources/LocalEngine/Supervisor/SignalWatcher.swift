internal import CPosix
internal import Foundation
internal import Glibc
internal import PipelineModel

/// Turns SIGCHLD and SIGTERM into events, through a handler and a pipe: threads that were there before could not be made to block them.
enum SignalWatcher {
  static func start(_ events: EventQueue) throws(PosixError) {
    for number in [SIGPIPE, SIGHUP, SIGINT, SIGQUIT, SIGXFSZ] { signal(number, SIG_IGN) }
    let (reading, writing) = try FileDescriptor.pipe()
    for number in [SIGCHLD, SIGTERM] {
      guard cposix_watch_signal(number, writing.number) == 0 else { throw PosixError("watch signal \(number)") }
    }
    Thread.detachNewThread {
      withExtendedLifetime(writing) { forward(reading, to: events) }
    }
  }

  private static func forward(_ numbers: FileDescriptor, to events: EventQueue) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
    while let count = try? numbers.read(into: buffer), count > 0 {
      let hasTerminate = buffer[..<count].contains(UInt8(SIGTERM))
      events.post(hasTerminate ? .stopAsked(.cancel, at: Clock.now()) : .childrenChanged)
    }
  }
}

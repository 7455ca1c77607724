internal import EngineAPI
internal import Foundation
internal import Synchronization

/// What the program of a command prints: both outputs into their logs, by lines, and when the last one came.
final class CommandOutput: Sendable {
  private let scrubber: Scrubber
  private let events: EventQueue
  private let printedAt = Atomic<Int64>(Clock.uptime())
  private let recent = Mutex<[[UInt8]]>([])

  init(_ scrubber: Scrubber, _ events: EventQueue) {
    self.scrubber = scrubber
    self.events = events
  }

  /// By `Clock.uptime`; the beginning counts as a line.
  var lastLineAt: Int64 { printedAt.load(ordering: .relaxed) }

  /// Of both outputs together, oldest first.
  var lastLines: [String] {
    recent.withLock { $0 }.map { String(scrubber.scrub(String(decoding: $0, as: UTF8.self)).prefix(2000)) }
  }

  /// Drains one output on a thread of its own; lines longer than 64 KiB come in pieces.
  func start(_ source: FileDescriptor, into log: BoundedLog) {
    Thread.detachNewThread { [self] in
      let lines = LineReader(source, chunk: 64 * 1024, longest: 64 * 1024)
      while let block = (try? lines.next()).flatMap({ $0 }) {
        block.eachLine { line in
          add(line, to: log)
          return true
        }
      }
      if !lines.rest.isEmpty { add(lines.rest, to: log) }
      events.post(.readerEnded)
    }
  }

  private func add(_ line: UnsafeRawBufferPointer, to log: BoundedLog) {
    printedAt.store(Clock.uptime(), ordering: .relaxed)
    log.add(line)
    recent.withLock { lines in
      lines.append([UInt8](line))
      if lines.count > 20 { lines.removeFirst() }
    }
  }
}

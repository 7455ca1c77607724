internal import Foundation
internal import SingerProtocol
internal import Synchronization

/// The threads that read what connectors print besides messages; each says when it has come to the end.
enum OutputReaders {
  /// A connector's stderr, into its log; lines longer than 64 KiB come in pieces.
  static func drain(_ source: FileDescriptor, into log: BoundedLog, _ events: EventQueue) {
    Thread.detachNewThread {
      let lines = LineReader(source, chunk: 64 * 1024, longest: 64 * 1024)
      while let block = (try? lines.next()).flatMap({ $0 }) {
        block.eachLine { line in
          log.add(line)
          return true
        }
      }
      if !lines.rest.isEmpty { log.add(lines.rest) }
      events.post(.readerEnded)
    }
  }

  /// The target's stdout: states, one a line, the last one with or without its end; what is no JSON object goes to the log.
  static func readStates(_ source: FileDescriptor, log: BoundedLog, _ events: EventQueue) {
    Thread.detachNewThread {
      let lines = LineReader(source, chunk: 64 * 1024)
      while let block = (try? lines.next()).flatMap({ $0 }) {
        block.eachLine { line in
          report(line, log, events)
          return true
        }
      }
      report(lines.rest, log, events)
      events.post(.readerEnded)
    }
  }

  private static func report(_ line: UnsafeRawBufferPointer, _ log: BoundedLog, _ events: EventQueue) {
    guard !line.allSatisfy({ $0 <= 0x20 }) else { return }
    guard let document = try? StateDocument(line: line), document.value.objectValue != nil else {
      log.add(
        "[pipectl] the target printed a line that is no state: " + String(decoding: line.prefix(500), as: UTF8.self))
      return
    }
    events.post(.state(document.text))
  }

  /// What a discovery prints, up to a bound.
  final class Collected: Sendable {
    static let bound = 512 << 20
    private let storage = Mutex<[UInt8]?>([])
    private let bound: Int

    init(bound: Int = Collected.bound) {
      self.bound = bound
    }

    /// Nil where it was more than the bound.
    var bytes: [UInt8]? { storage.withLock { $0 } }

    func start(_ source: FileDescriptor, _ events: EventQueue) {
      Thread.detachNewThread { [self] in
        let lines = LineReader(source, longest: 1 << 20)
        while let block = (try? lines.next()).flatMap({ $0 }) { add(block) }
        add(lines.rest)
        events.post(.readerEnded)
      }
    }

    private func add(_ block: UnsafeRawBufferPointer) {
      storage.withLock { bytes in
        guard let count = bytes?.count, count + block.count <= bound else {
          bytes = nil
          return
        }
        bytes?.append(contentsOf: block)
      }
    }
  }
}

internal import Foundation
internal import Glibc
internal import SingerProtocol
internal import Synchronization

/// Carries whole lines from the tap to the target, and counts them; a slow target slows the tap.
///
/// When the target reads no more, or a line is no message, it goes on reading and throws away, so that the tap can end.
final class Pump: Sendable {
  private let events: EventQueue
  private let published = Mutex<[StreamCount]>([])
  private let progressAt: Atomic<Int64>
  private let reading = Atomic<Bool>(false)

  init(_ events: EventQueue) {
    self.events = events
    progressAt = Atomic(Clock.uptime())
  }

  /// The counts so far, sorted by stream.
  var streams: [StreamCount] { published.withLock { $0 } }
  /// When a line was last forwarded, by `Clock.uptime`.
  var lastProgress: Int64 { progressAt.load(ordering: .relaxed) }
  /// Whether everything that came was forwarded, and nothing more has come.
  var waitsForInput: Bool { reading.load(ordering: .relaxed) }

  func start(from tap: FileDescriptor, to target: FileDescriptor) {
    Thread.detachNewThread { [self] in
      var transfer = Transfer(pump: self, target: target)
      transfer.run(reading: LineReader(tap))
    }
  }

  /// The pump's own thread.
  private struct Transfer {
    let pump: Pump
    private var target: FileDescriptor?
    var counter = StreamCounter()
    var publishedAt: Int64 = 0

    init(pump: Pump, target: FileDescriptor) {
      self.pump = pump
      self.target = target
    }

    mutating func run(reading lines: LineReader) {
      while let block = next(lines) { forward(block) }
      publish()
      pump.events.post(.tapOutputEnded(unfinishedBytes: lines.rest.count))
      closeTarget()
      pump.events.post(.readerEnded)
    }

    /// When the tap pauses the counts are told, since nobody knows how long it will be silent.
    private mutating func next(_ lines: LineReader) -> UnsafeRawBufferPointer? {
      pump.reading.store(true, ordering: .relaxed)
      defer { pump.reading.store(false, ordering: .relaxed) }
      if !lines.awaitMore(milliseconds: 50) { publish() }
      return (try? lines.next()).flatMap { $0 }
    }

    private mutating func forward(_ block: UnsafeRawBufferPointer) {
      guard let target else { return }
      let valid = countLines(of: block)
      do throws(PosixError) {
        try target.writeAll(UnsafeRawBufferPointer(rebasing: block[..<valid]))
      } catch {
        closeTarget()
        pump.events.post(.targetClosedInput)
      }
      if valid < block.count { refuse(UnsafeRawBufferPointer(rebasing: block[valid...])) }
      let now = Clock.uptime()
      pump.progressAt.store(now, ordering: .relaxed)
      if now - publishedAt >= 200 { publish() }
    }

    private mutating func publish() {
      publishedAt = Clock.uptime()
      pump.published.withLock { [counter] in $0 = counter.streams }
    }

    /// How many of the bytes are messages; all of them, unless a line is none.
    private mutating func countLines(of block: UnsafeRawBufferPointer) -> Int {
      var valid = 0
      block.eachLine { line in
        if line.allSatisfy({ $0 <= 0x20 }) || counter.count(line: line) != .notJSON {
          valid += line.count + 1
          return true
        }
        return false
      }
      return valid
    }

    private mutating func refuse(_ rest: UnsafeRawBufferPointer) {
      closeTarget()
      let line = UnsafeRawBufferPointer(rebasing: rest.prefix(4096).prefix { $0 != 0x0A })
      pump.events.post(.invalidMessage(line: counter.lines, excerpt: String(decoding: line, as: UTF8.self)))
    }

    /// The end of the target's input.
    private mutating func closeTarget() {
      target?.close()
      target = nil
    }
  }
}

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
  private let sentStates = Atomic<Int>(0)

  init(_ events: EventQueue) {
    self.events = events
    progressAt = Atomic(Clock.uptime())
  }

  /// The counts so far, sorted by stream.
  var streams: [StreamCount] { published.withLock { $0 } }
  /// Whether the target was given records, and a state to confirm.
  var hasStateToConfirm: Bool {
    sentStates.load(ordering: .relaxed) > 0 && streams.contains { $0.records > 0 }
  }
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
      let unfinished = forwardLast(lines.rest)
      publish()
      pump.events.post(.tapOutputEnded(unfinishedBytes: unfinished))
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
      var hasBlankLine = false
      let valid = countLines(of: block, &hasBlankLine)
      let lines = UnsafeRawBufferPointer(rebasing: block[..<valid])
      do throws(PosixError) {
        if hasBlankLine { try writeMessages(of: lines, to: target) } else { try target.writeAll(lines) }
      } catch {
        closeTarget()
        pump.events.post(.targetClosedInput)
      }
      if valid < block.count { refuse(UnsafeRawBufferPointer(rebasing: block[valid...])) }
      let now = Clock.uptime()
      pump.progressAt.store(now, ordering: .relaxed)
      if now - publishedAt >= 200 { publish() }
    }

    /// A last line without a line end is forwarded where it is a whole message: an object that was cut is none. Returns how much is not.
    private mutating func forwardLast(_ rest: UnsafeRawBufferPointer) -> Int {
      guard !rest.isBlank else { return 0 }
      guard rest.last(where: { $0 > 0x20 }) == UInt8(ascii: "}"), let value = try? JSONValue(parsing: Array(rest)),
        value.objectValue != nil
      else { return rest.count }
      let line = Array(rest) + [0x0A]
      line.withUnsafeBytes { forward($0) }
      return 0
    }

    private mutating func publish() {
      publishedAt = Clock.uptime()
      pump.published.withLock { [counter] in $0 = counter.streams }
      pump.sentStates.store(counter.states, ordering: .relaxed)
    }

    /// How many of the bytes are messages; all of them, unless a line is none.
    private mutating func countLines(of block: UnsafeRawBufferPointer, _ hasBlankLine: inout Bool) -> Int {
      var valid = 0
      block.eachLine { line in
        if line.isBlank {
          hasBlankLine = true
        } else if counter.count(line: line) == .notJSON {
          return false
        }
        valid += line.count + 1
        return true
      }
      return valid
    }

    /// Leaves out the lines without a message: a tap may print some, and many a target takes them for one.
    private func writeMessages(of lines: UnsafeRawBufferPointer, to target: FileDescriptor) throws(PosixError) {
      let messages = UnsafeMutableRawBufferPointer.allocate(byteCount: lines.count, alignment: 1)
      defer { messages.deallocate() }
      var filled = 0
      lines.eachLine { line in
        guard !line.isBlank else { return true }
        UnsafeMutableRawBufferPointer(rebasing: messages[filled...]).copyMemory(from: line)
        messages[filled + line.count] = 0x0A
        filled += line.count + 1
        return true
      }
      try target.writeAll(UnsafeRawBufferPointer(rebasing: messages[..<filled]))
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

extension UnsafeRawBufferPointer {
  fileprivate var isBlank: Bool { allSatisfy { $0 <= 0x20 } }
}

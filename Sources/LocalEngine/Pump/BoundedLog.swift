internal import EngineAPI
internal import Foundation
internal import Glibc
internal import PipelineModel

/// A log file that keeps its beginning and its end, and says in between what it left out.
///
/// Each line begins with the time. It is written by several threads.
final class BoundedLog: @unchecked Sendable {
  private let file: FileDescriptor
  private let bound: Int
  private let scrubber: Scrubber
  private let lock = NSLock()
  private var size: Int
  /// Where the part that is kept for ever ends; set when the log first reaches its bound.
  private var headEnd: Int?
  private var leftOut: Int64 = 0
  private var recent: [String] = []

  /// `bound` is kept of either end.
  init(path: String, bound: Int, scrubber: Scrubber) throws(PosixError) {
    file = try FileDescriptor(opening: path, O_RDWR | O_CREAT)
    size = Int(lseek(file.number, 0, SEEK_END))
    self.bound = bound
    self.scrubber = scrubber
  }

  var isTruncated: Bool { lock.withLock { headEnd != nil } }

  /// How many bytes were cut out of its middle since it was opened.
  var bytesLeftOut: Int64 { lock.withLock { leftOut } }

  /// The last lines, oldest first, without their times.
  var lastLines: [String] { lock.withLock { recent } }

  /// What was said so far is in the file, and nobody's last words.
  func forgetLastLines() { lock.withLock { recent = [] } }

  /// Adds one line of a connector.
  func add(_ line: UnsafeRawBufferPointer) {
    add(String(decoding: line, as: UTF8.self))
  }

  /// Adds one line, without the secrets in it. A log that cannot be written is no reason to end a run.
  func add(_ text: String) {
    let text = scrubber.scrub(text)
    lock.withLock {
      recent.append(String(text.prefix(2000)))
      if recent.count > 20 { recent.removeFirst() }
      append(Array("\(Clock.now()) \(text)\n".utf8))
      if size > 2 * bound { cut() }
    }
  }

  private func append(_ bytes: [UInt8]) {
    let written = bytes.withUnsafeBytes { pwrite(file.number, $0.baseAddress, $0.count, off_t(size)) }
    if written > 0 { size += written }
  }

  /// Keeps the head and half a bound of the tail.
  private func cut() {
    let headEnd = self.headEnd ?? endOfLine(before: bound)
    self.headEnd = headEnd
    let tailStart = endOfLine(before: size - bound / 2)
    guard tailStart > headEnd else { return }
    let tail = read(from: tailStart, count: size - tailStart)
    leftOut += Int64(tailStart - headEnd)
    ftruncate(file.number, off_t(headEnd))
    size = headEnd
    append(Array("\(Clock.now()) [pipectl] the log reached its bound: about \(leftOut) bytes are left out here\n".utf8))
    append(tail)
  }

  private func endOfLine(before position: Int) -> Int {
    let window = min(position, 256 * 1024)
    let bytes = read(from: position - window, count: window)
    return bytes.lastIndex(of: 0x0A).map { position - window + $0 + 1 } ?? position
  }

  private func read(from position: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(file.number, buffer.baseAddress, count, off_t(position)))
    }
  }
}

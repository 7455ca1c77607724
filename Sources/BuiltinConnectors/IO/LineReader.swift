internal import Glibc

/// Reads lines of any length from a descriptor.
final class LineReader {
  /// Of the line read last, from 1.
  private(set) var lineNumber = 0
  private let descriptor: Int32
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { buffer.deallocate() }

  /// Whether the next line has not arrived yet.
  var wouldWait: Bool { !isAtEnd && newline(from: start) == nil && !isReadable(descriptor) }

  /// The next line without its end, valid until the next call; nil at the end of input. A last line without a line end counts.
  func next() throws(ConnectorError) -> UnsafeRawBufferPointer? {
    var searched = start
    while true {
      if let newline = newline(from: searched) { return line(upTo: newline, next: newline + 1) }
      if isAtEnd { return start < end ? line(upTo: end, next: end) : nil }
      searched = end - start
      try fill()
    }
  }

  private func line(upTo lineEnd: Int, next: Int) -> UnsafeRawBufferPointer {
    defer { start = next }
    lineNumber += 1
    return UnsafeRawBufferPointer(rebasing: buffer[start..<lineEnd])
  }

  private func newline(from offset: Int) -> Int? {
    guard let base = buffer.baseAddress, offset < end, let found = memchr(base + offset, 0x0A, end - offset) else {
      return nil
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Moves what is left to the front, makes room where there is none, and reads once.
  private func fill() throws(ConnectorError) {
    if start > 0, let base = buffer.baseAddress {
      memmove(base, base + start, end - start)
      end -= start
      start = 0
    }
    if end == buffer.count { grow() }
    guard let count = readSome(from: descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...])) else {
      throw .system(.input, "cannot read the input", errno: errno)
    }
    end += count
    isAtEnd = count == 0
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    buffer.deallocate()
    buffer = larger
  }
}

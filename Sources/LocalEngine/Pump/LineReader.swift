internal import CPosix
internal import Glibc

/// Reads a descriptor by whole lines, however long they are, in few calls and little memory.
///
/// Not safe to share; it belongs to the thread that reads.
final class LineReader {
  private let source: FileDescriptor
  private let chunk: Int
  /// Where a line without an end is handed out in pieces; nil waits for the end, however far.
  private let longest: Int?
  private var buffer: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var consumed = 0

  init(_ source: FileDescriptor, chunk: Int = 256 * 1024, longest: Int? = nil) {
    self.source = source
    self.chunk = chunk
    self.longest = longest
    buffer = .allocate(byteCount: chunk, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// What is left after the end: a line that was never finished.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[consumed..<filled]) }

  /// Waits for more, or the end; false where nothing came for so many milliseconds.
  func awaitMore(milliseconds: Int32) -> Bool {
    var state = pollfd(fd: source.number, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) != 0
  }

  /// The next whole lines with their line ends, at least one; nil at the end. They are valid until the next call.
  func next() throws(PosixError) -> UnsafeRawBufferPointer? {
    discardConsumed()
    var searched = 0
    while true {
      if let base = buffer.baseAddress, filled > searched,
        let newline = cposix_last_byte(base + searched, 0x0A, filled - searched)
      {
        consumed = UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1
        return UnsafeRawBufferPointer(rebasing: buffer[..<consumed])
      }
      if let longest, filled >= longest {
        consumed = filled
        return UnsafeRawBufferPointer(rebasing: buffer[..<filled])
      }
      searched = filled
      if filled == buffer.count { resize(to: buffer.count * 2) }
      let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      guard count > 0 else { return nil }
      filled += count
    }
  }

  private func discardConsumed() {
    let left = filled - consumed
    if left > 0, consumed > 0, let base = buffer.baseAddress { memmove(base, base + consumed, left) }
    filled = left
    consumed = 0
    if buffer.count > 4 * chunk, filled < chunk { resize(to: chunk) }
  }

  private func resize(to size: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    buffer.deallocate()
    buffer = larger
  }
}

extension UnsafeRawBufferPointer {
  /// Calls `body` with each line, without its line end; stops early where it returns false.
  func eachLine(_ body: (UnsafeRawBufferPointer) -> Bool) {
    var start = 0
    while start < count, let base = baseAddress {
      let found = memchr(base + start, 0x0A, count - start)
      let end = found.map { UnsafeRawPointer($0) - base } ?? count
      guard body(UnsafeRawBufferPointer(rebasing: self[start..<end])) else { return }
      start = end + 1
    }
  }
}

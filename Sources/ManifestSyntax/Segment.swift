/// A stretch of a file that starts with a line and is parsed by itself.
struct Segment: Sendable {
  /// In bytes of the file.
  let start: Int
  /// In bytes of the file, exclusive.
  let end: Int
  /// One-based line at `start`.
  let line: Int
  /// Whether it is known that it has no character beyond ASCII.
  var isASCII = false

  /// The rest of this segment from the first line at or after `offset` that starts a document, the
  /// segment's first line and what is not `beyond` left out.
  ///
  /// A line that begins with `---` starts a document wherever it stands, even within quotes; so it is a safe place to go on from.
  func nextDocument(
    in bytes: UnsafeBufferPointer<UInt8>, after offset: Int, onLine lineOfOffset: Int, beyond known: Int = 0
  ) -> Segment? {
    var position = lineStart(in: bytes, before: offset)
    var line = lineOfOffset
    while position < end {
      if position > max(start, known), startsDocument(bytes, at: position) {
        return Segment(start: position, end: end, line: line)
      }
      guard let next = lineAfter(position, in: bytes) else { return nil }
      position = next
      line += 1
    }
    return nil
  }

  /// The documents of this segment, what stands before the first `---` being with it unless it has content.
  func documents(in bytes: UnsafeBufferPointer<UInt8>) -> [Segment] {
    var starts = [(offset: start, line: line)]
    var rest = nextDocument(in: bytes, after: start, onLine: line)
    if let first = rest, !startsDocument(bytes, at: start), isPreamble(bytes, until: first.start) {
      rest = first.nextDocument(in: bytes, after: first.start, onLine: first.line)
    }
    while let segment = rest {
      starts.append((segment.start, segment.line))
      rest = segment.nextDocument(in: bytes, after: segment.start, onLine: segment.line)
    }
    let ends = starts.dropFirst().map(\.offset) + [end]
    return zip(starts, ends).map { Segment(start: $0.offset, end: $1, line: $0.line) }
  }

  private func startsDocument(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    let dash = UInt8(ascii: "-")
    guard position + 2 < end, bytes[position] == dash, bytes[position + 1] == dash, bytes[position + 2] == dash else {
      return false
    }
    return position + 3 == end || bytes[position + 3] <= UInt8(ascii: " ")
  }

  private func isPreamble(_ bytes: UnsafeBufferPointer<UInt8>, until limit: Int) -> Bool {
    var position: Int? = start
    while let line = position, line < limit {
      guard bytes[line] <= 0x20 || bytes[line] == UInt8(ascii: "#") || bytes[line] == UInt8(ascii: "%") else {
        return false
      }
      position = lineAfter(line, in: bytes)
    }
    return true
  }

  private func lineStart(in bytes: UnsafeBufferPointer<UInt8>, before offset: Int) -> Int {
    var position = min(offset, end)
    while position > start, bytes[position - 1] != 0x0A, bytes[position - 1] != 0x0D { position -= 1 }
    return position
  }

  private func lineAfter(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = offset
    while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    guard position < end else { return nil }
    let isPair = bytes[position] == 0x0D && position + 1 < end && bytes[position + 1] == 0x0A
    return position + (isPair ? 2 : 1)
  }
}

/// The line on which a range starts, ready to be printed: a long one is clipped around the range.
struct SourceLine: Equatable {
  /// Characters kept on either side of the start of a range.
  private static let before = 80
  private static let after = 80
  private static let ellipsis = "…"

  /// One-based.
  let number: Int
  let text: String
  /// Byte offset and cell of every character shown, and of the end.
  private let stops: [Stop]

  private struct Stop: Equatable {
    let offset: Int
    let cell: Int
  }

  init(around range: SourceRange, in source: [UInt8]) {
    number = range.start.line
    let middle = min(max(range.start.offset, 0), source.count)
    let (first, isClippedInFront) = Self.start(in: source, before: middle)
    let (last, isClippedBehind) = Self.end(in: source, after: middle)
    var text = isClippedInFront ? Self.ellipsis : ""
    var cell = isClippedInFront ? 1 : 0
    var stops: [Stop] = []
    var offset = first
    for scalar in String(decoding: source[first..<last], as: UTF8.self).unicodeScalars {
      stops.append(Stop(offset: offset, cell: cell))
      text += scalar.printed
      cell += scalar.cells
      offset = Self.next(in: source, after: offset, until: last)
    }
    stops.append(Stop(offset: last, cell: cell))
    self.text = text + (isClippedBehind ? Self.ellipsis : "")
    self.stops = stops
  }

  /// The cells under which a range is drawn; what is beyond the line is left out.
  func cells(of range: SourceRange) -> Range<Int> {
    let start = cell(at: range.start.offset)
    return start..<max(start, range.end.offset > range.start.offset ? cell(at: range.end.offset) : start)
  }

  private func cell(at offset: Int) -> Int {
    stops.first { $0.offset >= offset }?.cell ?? stops.last?.cell ?? 0
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func start(in source: [UInt8], before middle: Int) -> (offset: Int, isClipped: Bool) {
    var offset = middle
    var characters = 0
    while offset > 0, !isBreak(source[offset - 1]) {
      guard characters < before || offset == 0 else { return (offset, true) }
      offset -= 1
      while offset > 0, source[offset] & 0xC0 == 0x80, middle - offset < 4 * before { offset -= 1 }
      characters += 1
    }
    return (offset == 0 && source.starts(with: [0xEF, 0xBB, 0xBF]) && middle >= 3 ? 3 : offset, false)
  }

  private static func end(in source: [UInt8], after middle: Int) -> (offset: Int, isClipped: Bool) {
    var offset = middle
    var characters = 0
    while offset < source.count, !isBreak(source[offset]) {
      guard characters < after else { return (offset, true) }
      offset = next(in: source, after: offset, until: source.count)
      characters += 1
    }
    return (offset, false)
  }

  /// The end of the character at `offset`, cut as `String(decoding:)` cuts: bytes that are no UTF-8 become one character each piece.
  private static func next(in source: [UInt8], after offset: Int, until end: Int) -> Int {
    var decoder = UTF8.ForwardParser()
    var bytes = source[offset..<min(end, offset + 4)].makeIterator()
    switch decoder.parseScalar(from: &bytes) {
    case .valid(let scalar): return offset + scalar.count
    case .error(let length): return offset + max(1, length)
    case .emptyInput: return offset + 1
    }
  }
}

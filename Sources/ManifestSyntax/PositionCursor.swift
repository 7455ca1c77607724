import CLibYAML
import Diagnostics

/// Turns libyaml's marks, which count characters, into positions that know their byte.
///
/// It walks from the mark asked for last; marks come nearly in order, so a file is walked about once.
struct PositionCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let segment: Segment
  private let isASCII: Bool
  private var index = 0
  private var offset: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, segment: Segment, isASCII: Bool) {
    self.bytes = bytes
    self.segment = segment
    self.isASCII = isASCII
    offset = segment.start
  }

  /// Where the segment begins, in bytes of the file.
  var base: Int { segment.start }

  mutating func position(_ mark: yaml_mark_t) -> SourcePosition {
    let offset = byteOffset(mark.index)
    if mark.column == 0, offset == segment.end { return endPosition(mark) }
    return SourcePosition(line: segment.line + mark.line, column: mark.column + 1, offset: offset)
  }

  /// libyaml ends a text with a line break, also where there is none.
  private func endPosition(_ mark: yaml_mark_t) -> SourcePosition {
    var start = segment.end
    var column = 1
    while start > segment.start, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D {
      start -= 1
      if bytes[start] & 0xC0 != 0x80 { column += 1 }
    }
    let line = segment.line + mark.line - (column > 1 ? 1 : 0)
    return SourcePosition(line: line, column: column, offset: segment.end)
  }

  private mutating func byteOffset(_ target: Int) -> Int {
    if isASCII { return min(segment.start + target, segment.end) }
    while index < target, offset < segment.end {
      offset += 1
      while offset < segment.end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      index += 1
    }
    while index > target, offset > segment.start {
      offset -= 1
      while offset > segment.start, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      index -= 1
    }
    return offset
  }
}

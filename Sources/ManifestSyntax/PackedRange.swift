public import Diagnostics

/// A range in half the memory: a tree has two of them for every line of a manifest.
///
/// Lines, columns and offsets beyond 32 bits are cut to the largest; files are bounded far below.
public struct PackedRange: Hashable, Sendable {
  private let name: FileName
  private let startLine: UInt32
  private let startColumn: UInt32
  private let startOffset: UInt32
  private let endLine: UInt32
  private let endColumn: UInt32
  private let endOffset: UInt32

  init(_ name: FileName, _ start: SourcePosition, _ end: SourcePosition) {
    self.name = name
    startLine = UInt32(clamping: start.line)
    startColumn = UInt32(clamping: start.column)
    startOffset = UInt32(clamping: start.offset)
    endLine = UInt32(clamping: end.line)
    endColumn = UInt32(clamping: end.column)
    endOffset = UInt32(clamping: end.offset)
  }

  public init(_ range: SourceRange) {
    self.init(FileName(range.file), range.start, range.end)
  }

  /// A range whose file has its name already.
  init(_ range: SourceRange, in name: FileName) {
    self.init(name, range.start, range.end)
  }

  public var range: SourceRange { SourceRange(file: name.text, start: start, end: end) }

  var start: SourcePosition {
    SourcePosition(line: Int(startLine), column: Int(startColumn), offset: Int(startOffset))
  }

  var end: SourcePosition {
    SourcePosition(line: Int(endLine), column: Int(endColumn), offset: Int(endOffset))
  }
}

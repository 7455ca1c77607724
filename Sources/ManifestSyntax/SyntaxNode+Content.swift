public import Diagnostics

/// Where a stretch of a scalar's value stands in the source; `content` counts bytes of UTF-8 from the start of the value.
///
/// Exact for plain and quoted strings on one line without escapes; the whole node otherwise.
public func range(of content: Range<Int>, in node: SyntaxNode) -> SourceRange {
  let whole = node.range
  guard case .string(let value, let style) = node.content, whole.start.line == whole.end.line else { return whole }
  let quote: Int
  switch style {
  case .plain: quote = 0
  case .quoted: quote = 1
  case .block: return whole
  }
  // An escape is always written with more characters than it stands for.
  guard whole.end.column - whole.start.column == value.unicodeScalars.count + 2 * quote,
    content.lowerBound >= 0, content.upperBound <= value.utf8.count
  else { return whole }
  func position(_ offset: Int) -> SourcePosition {
    let characters = value.utf8.prefix(offset).count { $0 & 0xC0 != 0x80 }
    return SourcePosition(
      line: whole.start.line,
      column: whole.start.column + quote + characters,
      offset: whole.start.offset + quote + offset)
  }
  return SourceRange(file: whole.file, start: position(content.lowerBound), end: position(content.upperBound))
}

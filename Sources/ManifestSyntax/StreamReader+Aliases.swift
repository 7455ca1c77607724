import CLibYAML
import Diagnostics

extension StreamReader {
  func anchorName(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    anchor.map { String(cString: $0) }
  }

  /// Reads a collection and keeps it under its name, if it has one.
  mutating func anchored(
    _ name: String?, depth: Int, _ read: (inout StreamReader) throws(Stop) -> SyntaxNode
  ) throws(Stop) -> SyntaxNode {
    guard let name else { return try read(&self) }
    let opening = anchors.open(name)
    let node = try read(&self)
    anchors.close(opening, node: node, depth: depth)
    return node
  }

  /// The value that the alias just read repeats, with the positions of the place where it is written.
  ///
  /// The tree shares it, so an alias costs no memory; what it would expand to is counted against the bound all the same.
  mutating func alias(depth: Int) throws(Stop) -> SyntaxNode {
    let name = anchorName(events.event.pointee.data.alias.anchor) ?? ""
    let range = range(events.start, events.end)
    let missing = SyntaxNode(range: range, content: .null)
    switch anchors[name] {
    case .closed(let value):
      try charge(value, depth: depth, at: range)
      return value.node
    case .open:
      report(
        Diagnostic(
          .recursiveAlias, .error, "the alias `*\(excerpt(name))` stands inside its own value", at: range,
          help: Help("write the value out")))
      return missing
    case nil:
      report(
        Diagnostic(
          .undefinedAlias, .error, "there is no anchor `&\(excerpt(name))` before this alias", at: range,
          help: nearest(name, among: anchors.names).map { Help("did you mean `*\($0)`?", replacement: "*" + $0) }
            ?? Help("quote it if a text that starts with `*` is meant")))
      return missing
    }
  }

  private mutating func charge(_ value: Anchors.Value, depth: Int, at range: SourceRange) throws(Stop) {
    expansion += value.weight
    anchors.repeated(value, depth: depth)
    if depth + value.height - 1 > bounds.depth {
      report(nestingTooDeep(at: range))
    } else if expansion > bounds.expansion {
      report(
        Diagnostic(
          .expansionTooLarge, .error, "the aliases of this file expand to more than \(bounds.expansion) bytes",
          at: range,
          label: "with this one", help: Help("write fewer aliases, or split the file")))
    } else {
      return
    }
    throw Stop(place: range.start)
  }

  /// The range of the scalar just read without the anchor in front of it, where both stand on one line.
  mutating func rangeBehindAnchor() -> SourceRange {
    let whole = range(events.start, events.end)
    guard whole.start.line == whole.end.line else { return whole }
    var index = whole.start.offset - cursor.base
    let end = whole.end.offset - cursor.base
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard index < end, text[index] == UInt8(ascii: "&") else { return whole }
    while index < end, !isSpace(text[index]) { index += 1 }
    while index < end, isSpace(text[index]) { index += 1 }
    // Names of anchors are ASCII, so bytes are columns here.
    let skipped = index - (whole.start.offset - cursor.base)
    let start = SourcePosition(
      line: whole.start.line, column: whole.start.column + skipped, offset: whole.start.offset + skipped)
    return SourceRange(file: file, start: start, end: whole.end)
  }

  /// A range without length stretched over the one character at it, if there is one on the line.
  mutating func widen(_ range: SourceRange) -> SourceRange {
    let index = range.start.offset - cursor.base
    guard range.start == range.end, index < text.count, text[index] > 0x20 || text[index] == 0x09 else { return range }
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    let last = SourcePosition(
      line: range.start.line, column: range.start.column + 1, offset: range.start.offset + end - index)
    return SourceRange(file: file, start: range.start, end: last)
  }
}

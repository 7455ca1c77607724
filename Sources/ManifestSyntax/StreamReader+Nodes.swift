import CLibYAML
import Diagnostics

extension StreamReader {
  /// The node that begins with the event just read. `depth` is one for the root.
  mutating func node(_ kind: EventKind, depth: Int) throws(Stop) -> SyntaxNode {
    switch kind {
    case .scalar:
      return scalar()
    case .alias:
      return try alias(depth: depth)
    case .sequenceStart:
      try checkDepth(depth)
      let name = anchorName(events.event.pointee.data.sequence_start.anchor)
      refuseTag(events.event.pointee.data.sequence_start.tag)
      return try anchored(name, depth: depth) { reader throws(Stop) in try reader.sequence(depth: depth) }
    case .mappingStart:
      try checkDepth(depth)
      let name = anchorName(events.event.pointee.data.mapping_start.anchor)
      refuseTag(events.event.pointee.data.mapping_start.tag)
      return try anchored(name, depth: depth) { reader throws(Stop) in try reader.mapping(depth: depth) }
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      // libyaml gives none of these where a node is due.
      throw Stop(place: cursor.position(events.start))
    }
  }

  private mutating func sequence(depth: Int) throws(Stop) -> SyntaxNode {
    let isFlow = events.event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    let start = cursor.position(events.start)
    let base = openItems.count
    anchors.measure(text: 0, depth: depth)
    while true {
      let kind = try next()
      if kind == .sequenceEnd { break }
      openItems.append(try node(kind, depth: depth + 1))
    }
    let items = openItems.take(from: base)
    return collection(
      .sequence(items), from: start, lastChild: items.indices.last.map { items[$0].place.end }, isFlow: isFlow)
  }

  private mutating func mapping(depth: Int) throws(Stop) -> SyntaxNode {
    let isFlow = events.event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    let start = cursor.position(events.start)
    let base = openEntries.count
    var keys = UniqueKeys()
    anchors.measure(text: 0, depth: depth)
    while true {
      let kind = try next()
      if kind == .mappingEnd { break }
      let key = try self.key(kind, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      guard let key else { continue }
      let others = openEntries.view(from: base)
      if let first = keys.first(key.text, among: others) { reportDuplicate(key, first: others[first]) }
      openEntries.append(SyntaxEntry(key: key.text, keyPlace: key.place, value: value))
    }
    let entries = openEntries.take(from: base)
    let lastChild = entries.indices.last.map { entries[$0].value.place.end }
    return collection(.mapping(entries), from: start, lastChild: lastChild, isFlow: isFlow)
  }

  /// A block collection ends for libyaml where the next thing begins; for a reader it ends with its last child.
  private mutating func collection(
    _ content: SyntaxContent, from start: SourcePosition, lastChild: SourcePosition?, isFlow: Bool
  ) -> SyntaxNode {
    let end = isFlow ? cursor.position(events.end) : max(start, lastChild ?? start)
    return SyntaxNode(place: PackedRange(name, start, end), content: content)
  }

  private mutating func reportDuplicate(_ key: Key, first: SyntaxEntry) {
    report(
      Diagnostic(
        .duplicateKey, .error, "the key `\(excerpt(key.text))` stands twice in one mapping", at: key.place.range,
        label: "again here",
        secondary: [LabelledRange(first.keyRange, "first here")], help: Help("remove one of the two")))
  }

  private mutating func checkDepth(_ depth: Int) throws(Stop) {
    guard depth > bounds.depth else { return }
    let range = range(events.start, events.end)
    report(nestingTooDeep(at: range))
    throw Stop(place: range.start)
  }

  func nestingTooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, .error, "values are nested deeper than \(bounds.depth) levels", at: range, label: "this one")
  }

  /// Names of keys and anchors as a message may show them: not endlessly.
  func excerpt(_ text: String) -> String {
    text.unicodeScalars.count <= 60 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…"
  }
}

import CLibYAML
import Diagnostics

/// Builds trees from libyaml's events, one document at a time.
struct StreamReader {
  enum Outcome {
    case document(SyntaxNode)
    /// Nothing stands in it; the range is its `---`.
    case empty(SourceRange)
    /// Read to its end, with problems.
    case broken
    /// No further event can be had; the place is where reading stopped.
    case unreadable(SourcePosition)
    case end
  }

  /// Why reading ends in the middle of a document; what is wrong is among the problems.
  struct Stop: Error {
    let place: SourcePosition
  }

  let name: FileName
  let bounds: SyntaxBounds
  let text: UnsafeBufferPointer<UInt8>
  let events: EventReader
  var cursor: PositionCursor
  /// What is wrong with the document read last.
  private(set) var problems: [Diagnostic] = []
  /// Children of the collections that are open, innermost last: an array is made when its length is known.
  let openItems = Shelf<SyntaxNode>()
  let openEntries = Shelf<SyntaxEntry>()
  var anchors = Anchors()
  /// Where the document read last begins, in bytes of the file.
  private(set) var documentStart = 0
  /// What aliases have added so far, against the bound.
  var expansion = 0
  /// Whether the text has a dollar sign anywhere.
  let holdsDollar: Bool

  init(_ text: UnsafeBufferPointer<UInt8>, cursor: PositionCursor, name: FileName, bounds: SyntaxBounds) {
    self.text = text
    self.cursor = cursor
    self.name = name
    self.bounds = bounds
    events = EventReader(text)
    holdsDollar = text.contains(UInt8(ascii: "$"))
  }

  var file: String { name.text }

  mutating func nextDocument() -> Outcome {
    problems.removeAll()
    anchors = Anchors()
    do throws(Stop) {
      return try readDocument()
    } catch {
      return .unreadable(error.place)
    }
  }

  private mutating func readDocument() throws(Stop) -> Outcome {
    var kind = try next()
    if kind == .streamStart { kind = try next() }
    guard kind == .documentStart else { return .end }
    let start = place(events.start, events.end)
    documentStart = start.start.offset
    checkDirectives(start)
    let root = try node(try next(), depth: 1)
    _ = try next()
    if !problems.isEmpty { return .broken }
    return isEmpty(root) ? .empty(start.range) : .document(root)
  }

  private func isEmpty(_ root: SyntaxNode) -> Bool {
    root.content == .null && root.range.start.offset == root.range.end.offset
  }

  mutating func next() throws(Stop) -> EventKind {
    if let kind = events.next() { return kind }
    let problem = SyntaxProblem(events.parser, text: text)
    let diagnostic = problem.diagnostic { mark in
      range(mark, mark)
    } widened: { range in
      widen(range)
    }
    problems.append(diagnostic)
    let place = cursor.position(problem.mark)
    throw Stop(place: place)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    // Enough to fill the report of the file; a document with more is not worth the memory.
    if problems.count <= bounds.diagnostics { problems.append(diagnostic) }
  }

  /// Leaves out what was said about the inside of something that is refused as a whole.
  mutating func forgetProblems(after count: Int) {
    problems.removeSubrange(min(count, problems.count)...)
  }

  mutating func range(_ start: yaml_mark_t, _ end: yaml_mark_t) -> SourceRange {
    let first = cursor.position(start)
    return SourceRange(file: file, start: first, end: cursor.position(end))
  }

  mutating func place(_ start: yaml_mark_t, _ end: yaml_mark_t) -> PackedRange {
    let first = cursor.position(start)
    return PackedRange(name, first, cursor.position(end))
  }

  private mutating func checkDirectives(_ place: PackedRange) {
    let directives = events.event.pointee.data.document_start
    if directives.tag_directives.start != directives.tag_directives.end {
      report(
        Diagnostic(
          .directive, .error, "the directive `%TAG` cannot stand in a manifest", at: place.range,
          help: Help("remove it; tags are not used")))
    }
    guard let version = directives.version_directive?.pointee else { return }
    if version.major != 1 || version.minor != 2 {
      report(
        Diagnostic(
          .directive, .error, "a manifest is YAML 1.2, not \(version.major).\(version.minor)", at: place.range,
          help: Help("remove the `%YAML` line")))
    }
  }
}

import PipelineModel

/// One line of a run's log.
struct LogLine: Hashable {
  var source: LogSource
  /// From the line itself; a line without one has that of the line before it.
  var at: Timestamp
  /// Verbatim, with its time.
  var text: String
}

/// Who said it.
enum LogSource: String, CaseIterable {
  case supervisor, tap, target
  /// What a command printed.
  case stdout, stderr
}

/// Takes the bytes of one log file and gives its lines, each once, whole ones only.
struct LogFile {
  let source: LogSource
  private var rest: [UInt8] = []
  private var last = Timestamp(milliseconds: .min)

  init(_ source: LogSource) { self.source = source }

  /// - Parameter isOver: whether nothing follows, so that an unfinished line counts too.
  mutating func lines(adding bytes: [UInt8], isOver: Bool) -> [LogLine] {
    rest += bytes
    let end = isOver ? rest.endIndex : rest.lastIndex(of: 0x0A).map { rest.index(after: $0) } ?? rest.startIndex
    let whole = rest[..<end]
    rest = Array(rest[end...])
    return whole.split(separator: 0x0A).map { line($0) }
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>) -> LogLine {
    let text = String(decoding: bytes, as: UTF8.self)
    if let at = Timestamp(rfc3339: String(text.prefix { $0 != " " })) { last = at }
    return LogLine(source: source, at: last, text: text)
  }
}

extension [LogLine] {
  /// By time; what was said at the same instant stays in its order.
  var inOrder: [LogLine] {
    enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}

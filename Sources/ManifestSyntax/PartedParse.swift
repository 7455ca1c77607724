import Glibc

/// The reading of a large file in parts, several at a time, as long as nothing in it is wrong.
///
/// A line that begins with `---` starts a document wherever it stands, so a file can be cut there. Where there is anything to be said
/// about a part, the file is read again from its start, which finds the words for it: a mistake may reach over a cut.
struct PartedParse: Sendable {
  let bytes: [UInt8]
  let file: String
  let bounds: SyntaxBounds
  /// In bytes, about; a file of less than two of them is not worth cutting.
  var partSize = 128 << 10

  /// Nil where the file has to be read in one piece.
  func documents(_ spreading: any Spreading) -> [SyntaxDocument]? {
    guard let segments = segments(spreading) else { return nil }
    let readings = spreading.map(segments) { read($0) }
    let sound = readings.compactMap { $0 }
    guard sound.count == readings.count, sound.reduce(0, { $0 + $1.expansion }) <= bounds.expansion else { return nil }
    return numbered(sound)
  }

  /// The parts; nil where the file has to be read in one piece.
  func segments(_ spreading: any Spreading) -> [Segment]? {
    guard bytes.count >= 2 * partSize, bytes.count <= bounds.fileSize, hasPlainStart else { return nil }
    let parts = spreading.map(cuts()) { inspect($0) }
    return parts.allSatisfy(\.isSound) ? segments(of: parts) : nil
  }

  private var hasPlainStart: Bool {
    bytes.withUnsafeBufferPointer { ForeignEncoding($0) == nil && !$0.starts(with: [0xEF, 0xBB, 0xBF]) }
  }

  /// Ranges of whole documents, of about the same size.
  private func cuts() -> [Range<Int>] {
    var cuts: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = documentStart(from: start + partSize) ?? bytes.count
      cuts.append(start..<end)
      start = end
    }
    return cuts
  }

  /// The first line behind an offset that starts a document.
  private func documentStart(from offset: Int) -> Int? {
    bytes.withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      var from = offset
      while from < buffer.count, let found = memchr(base + from, 0x0A, buffer.count - from) {
        from = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
        let line = buffer[from...].prefix(4)
        if line.prefix(3).elementsEqual("---".utf8), line.count == 3 || line[from + 3] <= 0x20 { return from }
      }
      return nil
    }
  }

  private struct Part: Sendable {
    let range: Range<Int>
    let lineCount: Int
    let isASCII: Bool
    let isSound: Bool
  }

  private func inspect(_ range: Range<Int>) -> Part {
    bytes.withUnsafeBufferPointer { buffer in
      let scan = ByteScan(UnsafeBufferPointer(rebasing: buffer[range]), from: 0, limit: 1)
      return Part(
        range: range, lineCount: scan.line - 1, isASCII: scan.isASCII, isSound: scan.faults.isEmpty)
    }
  }

  private func segments(of parts: [Part]) -> [Segment] {
    var line = 1
    return parts.map { part in
      defer { line += part.lineCount }
      return Segment(start: part.range.lowerBound, end: part.range.upperBound, line: line, isASCII: part.isASCII)
    }
  }

  struct Reading: Sendable {
    let file: String
    let roots: [SyntaxNode]
    /// What aliases added.
    let expansion: Int
    let holdsDollar: Bool

    /// With indices that grow from a number on.
    func documents(from index: Int) -> [SyntaxDocument] {
      zip(index..., roots).map {
        SyntaxDocument(file: file, index: $0, root: $1, mayHoldDollar: holdsDollar)
      }
    }
  }

  /// Nil where something is wrong with a document, or there is none.
  func read(_ segment: Segment) -> Reading? {
    bytes.withUnsafeBufferPointer { buffer in
      var stream = StreamReader(
        UnsafeBufferPointer(rebasing: buffer[segment.start..<segment.end]),
        cursor: PositionCursor(buffer, segment: segment, isASCII: segment.isASCII),
        name: FileName(file), bounds: bounds)
      var roots: [SyntaxNode] = []
      while true {
        let outcome = stream.nextDocument()
        guard stream.problems.isEmpty else { return nil }
        switch outcome {
        case .end:
          guard !roots.isEmpty else { return nil }
          // A copy of the name for each part: parts are taken on by several threads, and counting the owners of one text costs more.
          return Reading(
            file: String(decoding: Array(file.utf8), as: UTF8.self), roots: roots, expansion: stream.expansion,
            holdsDollar: stream.holdsDollar)
        case .document(let root): roots.append(root)
        case .empty, .broken, .unreadable: return nil
        }
      }
    }
  }

  private func numbered(_ readings: [Reading]) -> [SyntaxDocument] {
    var documents: [SyntaxDocument] = []
    documents.reserveCapacity(readings.reduce(0) { $0 + $1.roots.count })
    for reading in readings {
      documents += reading.documents(from: documents.count)
    }
    return documents
  }
}

import Diagnostics

/// The reading of one file: bytes first, then document after document, each by itself where one is broken.
struct FileParse {
  let bytes: UnsafeBufferPointer<UInt8>
  let name: FileName
  let bounds: SyntaxBounds
  private(set) var documents: [SyntaxDocument] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// How many documents were met, broken ones among them.
  private var documentCount = 0
  /// What aliases have added so far, against the bound.
  private var expansion = 0
  /// Said only if something follows: an empty document at the end is no mistake.
  private var pendingEmptyDocument: Diagnostic?

  init(bytes: UnsafeBufferPointer<UInt8>, file: String, bounds: SyntaxBounds) {
    self.bytes = bytes
    name = FileName(file)
    self.bounds = bounds
  }

  private var file: String { name.text }

  mutating func run() {
    guard bytes.count <= bounds.fileSize else { return report(fileTooLarge) }
    if let encoding = ForeignEncoding(bytes) { return report(encoding.diagnostic(at: place(0, 0))) }
    let whole = Segment(start: hasByteOrderMark ? 3 : 0, end: bytes.count, line: 1)
    let scan = ByteScan(bytes, from: whole.start, limit: bounds.diagnostics + 1)
    let broken = report(scan.faults, of: whole)
    if broken.isEmpty {
      read(whole, isASCII: scan.isASCII)
    } else {
      for segment in whole.documents(in: bytes) where !broken.contains(segment.start) {
        read(segment, isASCII: scan.isASCII)
      }
    }
    if documents.isEmpty, diagnostics.allSatisfy({ $0.severity == .warning }) { report(emptyFile) }
  }

  private var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

  /// Reports the faults, each kind once a document, and gives the starts of the documents that they break.
  private mutating func report(_ faults: [ByteFault], of whole: Segment) -> Set<Int> {
    guard !faults.isEmpty else { return [] }
    let isCut = faults.count > bounds.diagnostics
    var broken: Set<Int> = []
    var rest = faults[...]
    for segment in whole.documents(in: bytes) {
      var seen: Set<ByteFault.Kind> = []
      while let fault = rest.first, fault.start.offset < segment.end {
        if seen.insert(fault.kind).inserted { report(fault.diagnostic(file: file)) }
        if fault.breaksDocument { broken.insert(segment.start) }
        rest = rest.dropFirst()
      }
      // The scan stopped here, so nothing is known of what follows.
      if rest.isEmpty, isCut, let last = faults.last, segment.end > last.start.offset {
        broken.insert(segment.start)
      }
    }
    if isCut, let last = faults.last { report(tooManyFaults(last)) }
    return broken
  }

  private mutating func read(_ segment: Segment, isASCII: Bool) {
    var rest: Segment? = segment
    while let current = rest, current.start < current.end, !isFull {
      let text = UnsafeBufferPointer(rebasing: bytes[current.start..<current.end])
      var stream = StreamReader(
        text, cursor: PositionCursor(bytes, segment: current, isASCII: isASCII), name: name, bounds: bounds)
      stream.expansion = expansion
      let stop = read(&stream)
      expansion = stream.expansion
      rest = stop.flatMap { place in
        current.nextDocument(in: bytes, after: place.offset, onLine: place.line, beyond: stream.documentStart)
      }
    }
  }

  /// Reads documents until the text ends, or gives the place where it became unreadable.
  private mutating func read(_ stream: inout StreamReader) -> SourcePosition? {
    while !isFull {
      let outcome = stream.nextDocument()
      stream.problems.forEach { report($0) }
      switch outcome {
      case .end:
        return nil
      case .document(let root):
        flushEmptyDocument()
        documents.append(
          SyntaxDocument(file: file, index: documentCount, root: root, mayHoldDollar: stream.holdsDollar))
      case .empty(let range):
        flushEmptyDocument()
        pendingEmptyDocument = emptyDocument(range)
      case .broken:
        flushEmptyDocument()
      case .unreadable(let place):
        flushEmptyDocument()
        documentCount += 1
        return place
      }
      documentCount += 1
    }
    return nil
  }

  private mutating func flushEmptyDocument() {
    guard let diagnostic = pendingEmptyDocument else { return }
    pendingEmptyDocument = nil
    report(diagnostic)
  }

  private var isFull: Bool { diagnostics.count > bounds.diagnostics }

  private mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    let isLast = diagnostics.count == bounds.diagnostics
    diagnostics.append(isLast ? tooManyProblems : diagnostic)
  }
}

extension FileParse {
  private func place(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(
      file: file,
      start: SourcePosition(line: 1, column: 1 + start, offset: start),
      end: SourcePosition(line: 1, column: 1 + end, offset: end))
  }

  private var fileTooLarge: Diagnostic {
    Diagnostic(
      .fileTooLarge, .error, "a manifest of \(bytes.count) bytes is larger than \(bounds.fileSize)", at: place(0, 0),
      help: Help("split it into several files"))
  }

  private var emptyFile: Diagnostic {
    Diagnostic(
      .emptyFile, .error, "there is no document in this file", at: place(0, 0),
      help: Help("write a manifest into it, or remove the file"))
  }

  private func emptyDocument(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyDocument, .error, "a document with nothing in it", at: range, label: "nothing up to the next `---`",
      help: Help("remove one of the two `---`"))
  }

  private func tooManyFaults(_ last: ByteFault) -> Diagnostic {
    Diagnostic(
      .tooManyProblems, .error,
      "more than \(bounds.diagnostics) characters of this file cannot stand in a manifest; what follows them is not read",
      at: last.diagnostic(file: file).primary, help: Help("mend the first ones and validate again"))
  }

  private var tooManyProblems: Diagnostic {
    Diagnostic(
      .tooManyProblems, .error, "more than \(bounds.diagnostics) problems in this file; the others are not shown",
      at: diagnostics.last?.primary, help: Help("mend the first ones and validate again"))
  }
}

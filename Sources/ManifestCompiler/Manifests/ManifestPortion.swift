import ManifestSyntax

/// Some parts of the manifests: those that wait for the others, and those that are read first.
struct ManifestPortion: Sendable {
  private var pipelines: [ManifestPart] = []
  private var others: [ManifestPart] = []

  init(_ parts: ArraySlice<ManifestPart>) {
    for part in parts {
      if part.seemsToHoldPipelinesOnly { pipelines.append(part) } else { others.append(part) }
    }
  }

  /// What is to be known before the pipelines; nil where a text is not sound.
  func documents() -> [SyntaxDocument]? {
    var documents: [SyntaxDocument] = []
    for part in others {
      guard let read = part.documents() else { return nil }
      documents += read
    }
    return documents
  }

  /// The pipelines, compiled and sorted; nil where a text is not sound, or where anything else stands among them.
  func outcomes(in workspace: Workspace) -> [PipelineOutcome]? {
    var outcomes: [PipelineOutcome] = []
    for part in pipelines {
      guard let documents = part.documents() else { return nil }
      for document in documents {
        var report = Report()
        guard let header = Header(document, &report), header.kind == .pipeline else { return nil }
        outcomes.append(PipelineOutcome(of: header, in: workspace))
      }
    }
    return outcomes.sorted(by: <)
  }
}

extension ManifestPart {
  /// A guess by the look of the text: a line `kind: Pipeline`, and no line of any other kind.
  var seemsToHoldPipelinesOnly: Bool {
    withText { text in
      var rest = text[...]
      var hasPipeline = false
      while let line = rest.lineStart(after: "kind:") {
        guard line.starts(with: " Pipeline\n".utf8) || line.starts(with: " Pipeline\r\n".utf8) else { return false }
        hasPipeline = true
        rest = line
      }
      return hasPipeline
    }
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// What stands behind these words, where a line begins with them.
  fileprivate func lineStart(after words: String) -> Self? {
    var rest = self
    while !rest.isEmpty {
      if rest.starts(with: words.utf8) { return rest.dropFirst(words.utf8.count) }
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      rest = rest[(end + 1)...]
    }
    return nil
  }
}

import ManifestSyntax

/// The headers of some documents, in their order: pipelines, which are many, and what they refer to.
struct HeaderPart: Sendable {
  private(set) var pipelines: [Header] = []
  private(set) var others: [Header] = []
  private(set) var report = Report()

  init(_ documents: ArraySlice<SyntaxDocument>) {
    pipelines.reserveCapacity(documents.count)
    for document in documents {
      guard let header = Header(document, &report) else { continue }
      if header.kind == .pipeline { pipelines.append(header) } else { others.append(header) }
    }
  }

  /// The parts of documents that are sorted by file and place.
  static func parts(_ documents: consuming [SyntaxDocument], _ spreading: any Spreading) -> [HeaderPart] {
    let size = 64
    let parts = stride(from: 0, to: documents.count, by: size).map { first in
      documents[first..<min(first + size, documents.count)]
    }
    return spreading.map(parts) { HeaderPart($0) }
  }
}

/// A manifest file, or some whole documents of a large one, that is still bytes: it is read by itself, when its turn comes.
public struct ManifestPart: Sendable {
  private let source: Source

  private enum Source {
    case file([UInt8], name: String, bounds: SyntaxBounds)
    /// With what its aliases may add: an even share of what those of the whole file may.
    case segment(Segment, of: PartedParse, expansion: Int)
  }

  private init(_ source: Source) {
    self.source = source
  }

  /// A file as one part, or as several where it is large; their order is that of the file.
  public static func parts(
    bytes: [UInt8], file: String, bounds: SyntaxBounds = .standard, spreading: any Spreading = InTurn()
  ) -> [ManifestPart] {
    let parse = PartedParse(bytes: bytes, file: file, bounds: bounds)
    guard let segments = parse.segments(spreading) else {
      return [ManifestPart(.file(bytes, name: file, bounds: bounds))]
    }
    return segments.map { ManifestPart(.segment($0, of: parse, expansion: bounds.expansion / segments.count)) }
  }

  /// The documents; nil where there is anything to be said about them, or may be: then the file has to be read as a whole.
  public func documents() -> [SyntaxDocument]? {
    switch source {
    case .file(let bytes, let name, let bounds):
      let result = parseManifest(bytes: bytes, file: name, bounds: bounds)
      return result.diagnostics.isEmpty ? result.documents : nil
    case .segment(let segment, let parse, let expansion):
      guard let reading = parse.read(segment), reading.expansion <= expansion else { return nil }
      return reading.documents(from: segment.start)
    }
  }

  /// Bytes of the text.
  public var count: Int { withText(\.count) }

  /// Looks at the text as it is.
  public func withText<Result>(_ look: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    switch source {
    case .file(let bytes, _, _): bytes.withUnsafeBufferPointer(look)
    case .segment(let segment, let parse, _):
      parse.bytes.withUnsafeBufferPointer { look(UnsafeBufferPointer(rebasing: $0[segment.start..<segment.end])) }
    }
  }
}

import Diagnostics

/// Reads the documents of one manifest file.
///
/// A document with a mistake is left out and its mistakes are reported; the others are still read. `bytes` may be anything.
public func parseManifest(
  bytes: [UInt8], file: String, bounds: SyntaxBounds = .standard, spreading: any Spreading = InTurn()
) -> SyntaxResult {
  if let documents = PartedParse(bytes: bytes, file: file, bounds: bounds).documents(spreading) {
    return SyntaxResult(documents: documents, diagnostics: [])
  }
  return bytes.withUnsafeBufferPointer { buffer in
    var parse = FileParse(bytes: buffer, file: file, bounds: bounds)
    parse.run()
    return SyntaxResult(documents: parse.documents, diagnostics: parse.diagnostics)
  }
}

public import Diagnostics

/// What a file's bytes parse to: the documents that are whole, and what is wrong with the others.
public struct SyntaxResult: Sendable {
  public let documents: [SyntaxDocument]
  public let diagnostics: [Diagnostic]

  public init(documents: [SyntaxDocument], diagnostics: [Diagnostic]) {
    self.documents = documents
    self.diagnostics = diagnostics
  }
}

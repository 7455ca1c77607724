import Diagnostics
import ManifestSyntax

/// What must be known of a document before anything else of it can be checked.
struct Header {
  let kind: ManifestKind
  let document: SyntaxDocument

  /// Nil where the document is no manifest; the report says why.
  init?(_ document: SyntaxDocument, _ report: inout Report) {
    guard case .mapping(let entries) = document.root.content else {
      report.add(
        Diagnostic(
          .wrongType, "a manifest is a mapping, and this is \(document.root.content.noun)", at: document.root.range,
          help: Help("begin with `apiVersion: \(ManifestKind.apiVersion)` and `kind:`")))
      return nil
    }
    guard Self.hasKnownVersion(entries, document, &report), let kind = Self.kind(entries, document, &report) else {
      return nil
    }
    self.kind = kind
    self.document = document
  }

  private static func hasKnownVersion(
    _ entries: [SyntaxEntry], _ document: SyntaxDocument, _ report: inout Report
  ) -> Bool {
    guard let version = entries.first(where: { $0.key == "apiVersion" }) else {
      report.add(missing("apiVersion", ManifestKind.apiVersion, entries, document))
      return false
    }
    if case .string(ManifestKind.apiVersion, _) = version.value.content { return true }
    report.add(
      Diagnostic(
        .unsupportedAPIVersion, "the only `apiVersion` is `\(ManifestKind.apiVersion)`", at: version.value.range,
        help: Help("write `\(ManifestKind.apiVersion)`", replacement: ManifestKind.apiVersion)))
    return false
  }

  private static func kind(
    _ entries: [SyntaxEntry], _ document: SyntaxDocument, _ report: inout Report
  ) -> ManifestKind? {
    guard let entry = entries.first(where: { $0.key == "kind" }) else {
      report.add(missing("kind", ManifestKind.pipeline.rawValue, entries, document))
      return nil
    }
    let kinds = ManifestKind.allCases.map(\.rawValue)
    guard case .string(let word, _) = entry.value.content, let kind = ManifestKind(rawValue: word) else {
      let near = entry.value.content.plainText.flatMap { word in
        kinds.first { $0.lowercased() == word.lowercased() } ?? nearest(word, among: kinds)
      }
      report.add(
        Diagnostic(
          .unknownKind, "`kind` is \(oneOf(kinds))", at: entry.value.range,
          help: near.map { Help("did you mean `\($0)`?", replacement: $0) }))
      return nil
    }
    return kind
  }

  /// A key that is only misspelt is pointed at.
  private static func missing(
    _ key: String, _ example: String, _ entries: [SyntaxEntry], _ document: SyntaxDocument
  ) -> Diagnostic {
    if let near = entries.first(where: { nearest($0.key, among: [key]) != nil }) {
      return Diagnostic(
        .unknownKey, "unknown key `\(excerpt(near.key))`", at: near.keyRange,
        help: Help("did you mean `\(key)`?", replacement: key))
    }
    return Diagnostic(
      .missingKey, "a manifest needs the key `\(key)`", at: document.root.range, help: Help("add `\(key): \(example)`"))
  }
}

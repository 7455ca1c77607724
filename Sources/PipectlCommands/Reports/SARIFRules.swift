import Diagnostics
import ManifestCompiler
import ManifestSources

extension SARIFLog.Rule {
  /// Sorted by code.
  static var all: [SARIFLog.Rule] {
    (DiagnosticCatalog.entries + sourceDiagnostics.entries + liveDiagnostics.entries).sorted { $0.code < $1.code }.map(
      SARIFLog.Rule.init)
  }

  private init(_ entry: DiagnosticEntry) {
    let example = "```\(entry.example.language.rawValue)\n\(entry.example.text)\n```"
    self.init(
      id: entry.code.text, name: identifier(entry.title),
      shortDescription: SARIFLog.Message(text: entry.title.prefix(1).uppercased() + entry.title.dropFirst() + "."),
      fullDescription: SARIFLog.Message(text: entry.explanation),
      help: SARIFLog.Help(text: entry.explanation, markdown: "\(entry.explanation)\n\n\(example)"))
  }
}

/// `DuplicateKey` of `duplicate key`.
private func identifier(_ title: String) -> String {
  title.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}

import Diagnostics
import ManifestCompiler
import ManifestSyntax
import PipelineModel

/// Compiles manifests before they are written: one that would be refused is not written, and it is said why.
struct ImportCheck {
  let engine: EngineSpec
  /// The manifests that define the engine, by file; empty where none does.
  let definition: [String: [UInt8]]
  let settings: CompileOptions

  func checked(_ items: [ImportItem]) throws(CommandEnd) -> [ImportItem] {
    let written = Set(items.filter(\.isNew).compactMap(\.file))
    var documents = definition.filter { !written.contains($0.key) }.sorted { $0.key < $1.key }
      .flatMap { parseManifest(bytes: $0.value, file: $0.key).documents }
    if definition.isEmpty {
      documents = parseManifest(bytes: Array(try ManifestText.engine(engine).utf8), file: "").documents
    }
    var mistakes: [String: Diagnostic] = [:]
    func note(_ found: [Diagnostic]) {
      for mistake in found where mistake.severity == .error {
        guard let file = mistake.primary?.file, written.contains(file), mistakes[file] == nil else { continue }
        mistakes[file] = mistake
      }
    }
    for item in items where item.isNew {
      guard let file = item.file, let text = item.text else { continue }
      let parsed = parseManifest(bytes: Array(text.utf8), file: file)
      documents += parsed.documents
      note(parsed.diagnostics)
    }
    note(compile(documents, options: settings).diagnostics)
    return items.map { item in
      guard item.isNew, let mistake = item.file.flatMap({ mistakes[$0] }) else { return item }
      var refused = item
      (refused.outcome, refused.file, refused.text) = (.refused, nil, nil)
      refused.message = "no manifest can say what it is: \(mistake.headline) (\(mistake.code))"
      return refused
    }
  }
}

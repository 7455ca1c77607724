import ManifestCompiler
import ManifestSyntax
import PipelineModel

/// A kind and a name, which only one manifest may have.
struct ManifestTitle: Hashable, Sendable {
  let kind: ManifestKind
  let name: String

  init(_ kind: ManifestKind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// Nil where the document is no manifest with a name.
  init?(_ document: SyntaxDocument) {
    guard let kind = ManifestKind(document), case .string(let name, _)? = document.root["metadata"]?["name"]?.content
    else { return nil }
    self.init(kind, name)
  }
}

extension [String: [ManifestTitle]] {
  /// Lets the titles have the pipelines' own names: what is left of the trees' names would each keep a page of what the trees had.
  mutating func take(namesOf pipelines: [DesiredPipeline]) {
    var names: [String: String] = [:]
    for pipeline in pipelines { names[pipeline.name.text] = pipeline.name.text }
    for (file, titles) in self {
      self[file] = titles.map { title in ManifestTitle(title.kind, names[title.name] ?? title.name) }
    }
  }
}

extension ManifestKind {
  init?(_ document: SyntaxDocument) {
    guard case .string(let word, _)? = document.root["kind"]?.content else { return nil }
    self.init(rawValue: word)
  }
}

extension SyntaxNode {
  subscript(key: String) -> SyntaxNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// What a pipeline may refer to: texts under the keys that hold names of other manifests, wherever they stand.
  func addReferences(to titles: inout Set<ManifestTitle>) {
    switch content {
    case .null, .bool, .int, .float, .string: return
    case .sequence(let items): for item in items { item.addReferences(to: &titles) }
    case .mapping(let entries):
      for entry in entries {
        if let kind = Self.referring[entry.key], case .string(let name, _) = entry.value.content {
          titles.insert(ManifestTitle(kind, name))
        } else {
          entry.value.addReferences(to: &titles)
        }
      }
    }
  }

  private static let referring: [String: ManifestKind] = [
    "source": .source, "destination": .destination, "engine": .engine,
  ]
}

import Diagnostics
import ManifestSyntax

/// Collects where every value of a pipeline comes from.
struct OriginWalk {
  private var entries: [Origins.Entry] = []

  /// What the pipeline refers to is walked under the key that refers to it.
  init(_ manifest: Manifest, source: Reference?, destination: Reference?, engine: Manifest?) {
    walk(manifest, reference: nil, prefix: "")
    for (key, referred) in [("source", source?.manifest), ("destination", destination?.manifest), ("engine", engine)] {
      if let referred { walk(referred, reference: referred.title, prefix: key + ".") }
    }
    if let metadata = manifest.metadata { walk(metadata, in: manifest) }
  }

  var origins: Origins { Origins(entries) }

  private mutating func walk(_ manifest: Manifest, reference: String?, prefix: String) {
    guard let tree = manifest.specTree, case .mapping(let keys) = tree.content, let spec = manifest.spec else { return }
    for entry in keys { add(entry.value, prefix + entry.key, manifest.provenance, reference) }
    addDefaults(spec, prefix, reference)
  }

  private mutating func walk(_ metadata: CheckedObject, in manifest: Manifest) {
    let provenance = manifest.provenance
    for label in metadata[MetadataFields.labels] ?? [] {
      add(
        "labels.\(label.key)",
        Origin(range: label.value.range, kind: provenance.kind(of: label.value.range), reference: nil))
    }
    let isWritten = metadata.says(MetadataFields.isProtected)
    add(
      "protected",
      Origin(
        range: metadata.range(of: MetadataFields.isProtected), kind: isWritten ? .written : .defaulted, reference: nil))
  }

  private mutating func add(_ path: String, _ origin: Origin) {
    entries.append(Origins.Entry(path: path, origin: origin))
  }

  private mutating func add(_ node: SyntaxNode, _ path: String, _ provenance: Provenance, _ reference: String?) {
    add(path, Origin(range: node.range, kind: provenance.kind(of: node.range), reference: reference))
    switch node.content {
    case .null, .bool, .int, .float, .string: break
    case .sequence(let items):
      for (index, item) in items.enumerated() { add(item, "\(path)[\(index)]", provenance, reference) }
    case .mapping(let keys):
      for entry in keys { add(entry.value, "\(path).\(entry.key)", provenance, reference) }
    }
  }

  private mutating func addDefaults(_ object: CheckedObject, _ prefix: String, _ reference: String?) {
    for key in object.keys.sorted(by: { $0.key < $1.key }) {
      if let inner = key.value?.value.object {
        addDefaults(inner, "\(prefix)\(key.key).", reference)
      } else if key.value != nil, key.place == nil {
        add(prefix + key.key, Origin(range: object.range, kind: .defaulted, reference: reference))
      }
    }
  }
}

extension Manifest {
  /// As `Source shop-db`.
  var title: String { "\(kind.rawValue) \(name ?? "")" }
}

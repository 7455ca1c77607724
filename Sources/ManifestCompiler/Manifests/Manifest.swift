import Diagnostics
import ManifestSyntax
import PipelineModel

/// A document that was held against the description of its kind.
struct Manifest {
  let kind: ManifestKind
  /// Where the whole of it is written, before it was patched.
  private let place: PackedRange
  let file: String
  /// Nil where the name was refused.
  let name: String?
  /// Where the name is written, or the document.
  let namePlace: PackedRange
  let metadata: CheckedObject?
  let spec: CheckedObject?
  /// The whole tree, patched and substituted.
  private let root: SyntaxNode
  let provenance: Provenance
  /// Whether what refers to it can be compiled.
  var isSound: Bool

  init(_ header: Header, root: SyntaxNode, _ checked: CheckedObject?, provenance: Provenance, isSound: Bool) {
    kind = header.kind
    place = header.document.root.place
    file = header.document.file
    metadata = checked?[DocumentFields.metadata]
    spec = checked?[header.kind.manifest.spec]
    name = metadata?[MetadataFields.name]
    namePlace = metadata?.place(of: MetadataFields.name) ?? header.document.root.place
    self.root = root
    self.provenance = provenance
    self.isSound = isSound
  }

  var document: SourceRange { place.range }
  var nameRange: SourceRange { namePlace.range }

  /// The spec's tree, patched and substituted.
  var specTree: SyntaxNode? { root["spec"] }
}

extension SyntaxNode {
  /// The value of a key of a mapping.
  subscript(key: String) -> SyntaxNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.firstIndex { $0.key == key }.map { entries[$0].value }
  }
}

import Diagnostics
import ManifestSyntax

/// One end of a pipeline, or its engine: written inline, or found by its name.
final class Reference: Sendable {
  /// Nil where it is written inline.
  let manifest: Manifest?
  let object: CheckedObject

  init(manifest: Manifest?, object: CheckedObject) {
    self.manifest = manifest
    self.object = object
  }
}

extension Workspace {
  /// The manifest of a kind with a name; without one, the report says what there is instead.
  func find(
    _ kind: ManifestKind, named name: String, from place: @autoclosure () -> SourceRange, _ report: inout Report
  ) -> Manifest? {
    if let manifest = manifest(kind, named: name) { return manifest }
    guard !options.isPartial else { return nil }
    let referable: [ManifestKind] = [.source, .destination, .engine]
    if let other = referable.first(where: { $0 != kind && self.manifest($0, named: name) != nil }),
      let found = manifest(other, named: name)
    {
      report.add(
        Diagnostic(
          .wrongKindReference,
          "`\(name)` is \(other.article) \(other.rawValue), and \(kind.article) \(kind.rawValue) belongs here",
          at: place(), secondary: [LabelledRange(found.nameRange, "the \(other.rawValue)")]))
      return nil
    }
    let names = manifests(of: kind).compactMap(\.name)
    let help = nearest(name, among: names).map { Help("did you mean `\($0)`?", replacement: $0) }
    report.add(
      Diagnostic(
        .unresolvedReference, "no \(kind.rawValue) is called `\(name)`", at: place(),
        help: help ?? Help("give its manifest too, with another `-f` if it stands elsewhere")))
    return nil
  }
}

extension ManifestKind {
  fileprivate var article: String {
    switch self {
    case .pipeline, .source, .destination: "a"
    case .engine, .environment: "an"
    }
  }
}

import Diagnostics
import ManifestSyntax
import PipelineModel

/// The environment that was chosen with `--env`.
struct ChosenEnvironment: Sendable {
  let name: String
  /// Nil where no manifest defines it, which has been reported.
  let document: SourceRange?
  let variables: [Variable]
  let patches: [Patch]

  struct Variable: Sendable {
    let name: String
    let value: SyntaxNode
  }

  /// A change to the manifests of a kind whose names match.
  struct Patch: Sendable {
    let kind: ManifestKind
    let glob: Glob
    /// Where the name to match is written.
    let place: SourceRange
    let spec: SyntaxNode

    func matches(_ kind: ManifestKind, _ name: String) -> Bool {
      kind == self.kind && glob.matches(name)
    }
  }

  func patches(of kind: ManifestKind, named name: String) -> [Patch] {
    patches.filter { $0.matches(kind, name) }
  }
}

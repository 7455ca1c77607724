import Diagnostics
import ManifestSyntax
import PipelineModel

/// The settings of a connector, and what a message about one of them needs.
struct CheckedSettings: Sendable {
  let value: ConfigValue
  let tree: SyntaxNode
  /// The places of values that hold a variable without a value.
  let unsettled: Set<SourceRange>
  let provenance: Provenance
}

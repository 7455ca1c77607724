import Diagnostics
import ManifestSyntax

/// Where the values of a manifest come from besides its own text.
struct Provenance: Sendable {
  /// The chosen environment, and where it is written.
  var environment: (name: String, document: SourceRange?)?
  /// The variables that were put into a value, by the place of the value.
  var uses: [SourceRange: [VariableUse]] = [:]

  struct VariableUse: Hashable, Sendable {
    let name: String
    /// Where the environment sets it.
    let definition: SourceRange
  }

  func kind(of range: SourceRange) -> Origin.Kind {
    if let environment {
      if let uses = uses[range] { return .variable(uses.map(\.name), environment: environment.name) }
      if environment.document?.contains(range) == true { return .patch(environment: environment.name) }
    }
    return .written
  }

  /// Where the variables of a value are set, for a message about it.
  func definitions(of range: SourceRange) -> [LabelledRange] {
    (uses[range] ?? []).map { LabelledRange($0.definition, "`\($0.name)` is set here") }
  }
}

extension SourceRange {
  /// Whether the other range is within this one.
  func contains(_ other: SourceRange) -> Bool {
    file == other.file && start.offset <= other.start.offset && other.end.offset <= end.offset
  }
}

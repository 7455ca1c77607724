public import Diagnostics
public import PipelineModel

/// What `-f` arguments stand for: the files that could be read, and what is wrong with the others.
public struct ManifestListing: Sendable {
  /// In the order of the arguments, and sorted by name within a folder.
  public var files: [ManifestFile] = []
  /// One for each argument; what is missing from a set that was read whole is missing on purpose.
  public var sourceSets: [SourceSet] = []
  public var diagnostics: [Diagnostic] = []

  /// Of the files that were read, whatever their names.
  var realPaths: Set<String> = []

  public init() {}
}

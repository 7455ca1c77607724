public import PipelineModel

/// What was found when a source was looked at.
public struct SourceReading: Sendable {
  /// Nil where the source is a folder.
  public let commit: CommitID?
  /// Nil where the source is a folder.
  public let change: GitChange?
  /// Nil where there is nothing new to apply: nothing changed, or history was rewritten.
  public let manifests: LoadedManifests?
}

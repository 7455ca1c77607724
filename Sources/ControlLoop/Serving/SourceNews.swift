public import PipelineModel

/// What was found where the manifests come from.
public struct SourceNews: Hashable, Sendable {
  public var source: SourceSet
  public var readAt: Timestamp
  public var found: Found

  public enum Found: Hashable, Sendable {
    /// What the commit wants. The environment is empty for none; `asking` are the places where pipelines ask for what their manifests have
    /// to agree to as well.
    case manifests(DesiredState, environment: String, commit: String, asking: [PipelineName: String] = [:])
    /// The same commit as the last one that was read.
    case unchanged(commit: String)
    /// It cannot be what is wanted; one sentence for each mistake.
    case rejected([String], commit: String)
    /// The history was rewritten: what is wanted is for a person to say.
    case rewritten(from: String, to: String)
    /// Nothing is known of what is wanted now (law 7).
    case unreadable(String)
  }

  public init(source: SourceSet, readAt: Timestamp, found: Found) {
    self.source = source
    self.readAt = readAt
    self.found = found
  }
}

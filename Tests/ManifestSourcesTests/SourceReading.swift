import ManifestSources
import PipelineModel

/// What a follower finds when it looks at a repository.
struct SourceReading {
  let commit: CommitID
  let change: GitChange
  /// Nil where there is nothing new to apply: nothing changed, or history was rewritten.
  let manifests: LoadedManifests?
}

extension GitSource {
  /// Fetches, and loads what is new.
  mutating func read(since applied: CommitID?) throws(SourceFailure) -> SourceReading {
    let change = try fetch(since: applied)
    switch change {
    case .first(let commit), .advanced(_, let commit):
      return SourceReading(commit: commit, change: change, manifests: try load(commit))
    case .unchanged(let commit), .rewritten(_, let commit):
      return SourceReading(commit: commit, change: change, manifests: nil)
    }
  }
}

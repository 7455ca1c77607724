public import PipelineModel

/// How a controller that stays goes about it.
public struct ServeOptions: Hashable, Sendable {
  /// Of all engines together.
  public var maxConcurrentRuns: Int
  /// Absent: removed manifests are only noted.
  public var prune: PruneLimit?

  public init(maxConcurrentRuns: Int = 32, prune: PruneLimit? = nil) {
    self.maxConcurrentRuns = maxConcurrentRuns
    self.prune = prune
  }
}

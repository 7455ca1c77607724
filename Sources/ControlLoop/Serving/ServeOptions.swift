public import PipelineModel

/// How a controller that stays goes about it.
public struct ServeOptions: Hashable, Sendable {
  /// Of all engines together.
  public var maxConcurrentRuns: Int
  /// Absent: removed manifests are only noted.
  public var prune: PruneLimit?
  /// How long after its start it lets go for the first time of what is kept no longer.
  public var tidiesAfter: TimeSpan

  public init(maxConcurrentRuns: Int = 32, prune: PruneLimit? = nil, tidiesAfter: TimeSpan = TimeSpan(seconds: 600)) {
    self.maxConcurrentRuns = maxConcurrentRuns
    self.prune = prune
    self.tidiesAfter = tidiesAfter
  }
}

public import PipelineModel

/// How a controller that stays goes about it.
public struct ServeOptions: Hashable, Sendable {
  /// Of all engines together.
  public var maxConcurrentRuns: Int
  /// Absent: removed manifests are only noted.
  public var prune: PruneLimit?
  /// The rules of every zone that a recorded schedule may name.
  public var zones: ZoneTable

  public init(maxConcurrentRuns: Int = 32, prune: PruneLimit? = nil, zones: ZoneTable) {
    self.maxConcurrentRuns = maxConcurrentRuns
    self.prune = prune
    self.zones = zones
  }
}

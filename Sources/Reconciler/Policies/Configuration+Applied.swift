internal import PipelineModel

extension Configuration {
  /// The record once this configuration is recorded.
  func applied(to record: PipelineRecord?, at now: Timestamp) -> PipelineRecord {
    var next =
      record
      ?? PipelineRecord(applied: desired, generation: generation, createdAt: now, appliedAt: now)
    next.applied = desired
    next.generation = generation
    next.lifecycle = .managed
    next.appliedAt = now
    next.staleBookmarks = next.staleBookmarks.union(staleBookmarks)
    next.needsDiscovery = next.needsDiscovery || needsDiscovery
    if desired.spec.paused != .unmanaged { next.standingPause = desired.spec.paused }
    return next
  }
}

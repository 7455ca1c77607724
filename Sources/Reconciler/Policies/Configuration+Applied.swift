internal import PipelineModel

extension Configuration {
  /// The record once this configuration is recorded.
  func applied(to record: PipelineRecord?, at now: Timestamp) -> PipelineRecord {
    var next =
      record
      ?? PipelineRecord(applied: desired, generation: generation, createdAt: now, appliedAt: now)
    if let record, record.isForgotten || record.applied.spec.schedule != desired.spec.schedule {
      next.scheduledSince = now
    }
    // What was seen of another object, or before it was let go, tells nothing of this one.
    if let record, record.isForgotten || record.applied.spec.remoteObject != desired.spec.remoteObject {
      next.held = nil
    }
    next.applied = desired
    next.generation = generation
    next.lifecycle = .managed
    next.appliedAt = now
    next.staleBookmarks = next.staleBookmarks.union(staleBookmarks)
    next.needsDiscovery = next.needsDiscovery || needsDiscovery
    if desired.spec.paused != .unmanaged {
      next.standingPause = desired.spec.paused
      if next.held?.pauseBefore != nil { next.held?.pauseBefore = desired.spec.paused.details(at: now) != nil }
    }
    if let record { next.noteResumption(from: record, at: now) }
    return next
  }
}

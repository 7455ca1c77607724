extension PipelineRecord {
  /// What holds at an instant: an override that has not expired, else git's value, else the last one declared.
  public func pause(at now: Timestamp) -> PauseDetails? {
    if let override, isInForce(override, at: now) {
      return override.isPaused
        ? PauseDetails(reason: override.reason, by: override.by, until: override.until) : nil
    }
    let declared = applied.spec.paused == .unmanaged ? standingPause : applied.spec.paused
    switch declared {
    case .unmanaged, .active: return nil
    case .paused(let details): return details.until.map { $0 > now } ?? true ? details : nil
    }
  }

  /// Whether an override still counts at an instant.
  public func isInForce(_ override: PauseOverride, at now: Timestamp) -> Bool {
    override.until.map { $0 > now } ?? true
  }
}

extension PipelineRecord {
  /// What holds at an instant: an override that has not expired, else git's value, else the last one declared.
  public func pause(at now: Timestamp) -> PauseDetails? {
    if let override, isInForce(override, at: now) {
      return override.isPaused
        ? PauseDetails(reason: override.reason, by: override.by, until: override.until) : nil
    }
    return (applied.spec.paused == .unmanaged ? standingPause : applied.spec.paused).details(at: now)
  }

  /// Keeps when a pause was ended, so that slots of the pause are not caught up.
  public mutating func noteResumption(from before: PipelineRecord, at now: Timestamp) {
    if before.pause(at: now) != nil, pause(at: now) == nil { resumedAt = now }
  }

  /// Whether a pause or resume by command holds at an instant.
  public func isOverridden(at now: Timestamp) -> Bool {
    override.map { isInForce($0, at: now) } ?? false
  }

  /// Whether an override still counts at an instant.
  public func isInForce(_ override: PauseOverride, at now: Timestamp) -> Bool {
    override.until.map { $0 > now } ?? true
  }
}

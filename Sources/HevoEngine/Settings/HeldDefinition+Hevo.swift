internal import EngineHTTP
internal import PipelineModel

extension HeldDefinition {
  /// Nil where Hevo does not tell where its switch stands, or when it runs: what is not told differs from nothing.
  init?(_ pipeline: HevoPipeline) {
    guard let schedule = pipeline.schedule.flatMap({ HeldSchedule($0) }), let position = pipeline.position else {
      return nil
    }
    let isPaused: Bool
    switch position {
    case .on, .turningOn, .busy, .broken: isPaused = false
    case .off, .turningOff: isPaused = true
    case .gone: return nil
    }
    self.init(id: pipeline.id, schedule: schedule, isPaused: isPaused, hold: pipeline.hold)
  }
}

extension HevoPipeline {
  /// Why Hevo does not run it although nobody has paused it.
  fileprivate var hold: String? {
    switch status {
    case .known(.initializeFailed): "Hevo could not set it up (INITIALIZE_FAILED)"
    case .known(.restartFailed): "Hevo could not restart it (RESTART_FAILED)"
    case .known(.enableFailed): "Hevo could not enable it (ENABLE_FAILED)"
    case .known(.disableFailed): "Hevo could not disable it (DISABLE_FAILED)"
    case .known, .unknown, nil: nil
    }
  }
}

extension HeldSchedule {
  /// An hour is what Hevo takes where no frequency is given.
  fileprivate init?(_ schedule: HevoSchedule) {
    switch schedule.kind {
    case nil: return nil
    case .known(.onDemand): self = .none
    case .known(.scheduled):
      self = .cadence(.every(TimeSpan(seconds: Int64(schedule.minutes ?? 60) * 60), anchor: nil))
    case .unknown(let word): self = .other(word)
    }
  }
}

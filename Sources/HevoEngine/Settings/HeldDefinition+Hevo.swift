internal import EngineHTTP
internal import PipelineModel

extension HeldDefinition {
  /// Nil for a pipeline that is deleted.
  init?(_ pipeline: HevoPipeline) {
    let isPaused: Bool
    switch pipeline.position {
    case .on, .turningOn, .busy, .broken, nil: isPaused = false
    case .off, .turningOff: isPaused = true
    case .gone: return nil
    }
    self.init(
      id: pipeline.id, schedule: HeldSchedule(pipeline.schedule), isPaused: isPaused, hold: pipeline.hold)
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
    case .unknown(let word): "Hevo calls it \(word), a word that this version of pipectl does not know"
    case .known, nil: nil
    }
  }
}

extension HeldSchedule {
  /// An hour is what Hevo takes where no frequency is given.
  fileprivate init(_ schedule: HevoSchedule?) {
    switch schedule?.kind {
    case nil: self = .other("not told by Hevo")
    case .known(.onDemand): self = .none
    case .known(.scheduled):
      self = .cadence(.every(TimeSpan(seconds: Int64(schedule?.minutes ?? 60) * 60), anchor: nil))
    case .unknown(let word): self = .other(word)
    }
  }
}

public import PipelineModel

/// What a command wants recorded; it becomes changes against the records as they are under the lock.
public enum Submission: Hashable, Codable, Sendable {
  /// A request by command; nothing is changed where its key was used before.
  case request(RequestRecord)
  /// A pause or resume by command; absent takes the override away.
  case override(PipelineName, PauseOverride?)
  /// A state that was set by hand.
  case state(StateVersion)

  var request: RequestKey? {
    switch self {
    case .request(let record): record.key
    case .override, .state: nil
    }
  }

  var isStop: Bool {
    switch self {
    case .request(let record): record.job.action.stopKind != nil
    case .override, .state: false
    }
  }

  var pipeline: PipelineName {
    switch self {
    case .request(let record): record.key.pipeline
    case .override(let name, _): name
    case .state(let version): version.pipeline
    }
  }

  func changes(in stored: StoredState, now: Timestamp) -> [StateChange] {
    switch self {
    case .request(let record):
      return stored.requests.contains { $0.key == record.key } ? [] : [.putRequest(record)]
    case .override(let name, let override):
      guard let before = stored.pipeline(name), before.override != override else { return [] }
      var record = before
      record.override = override
      record.noteResumption(from: before, at: now)
      return [.putPipeline(record)]
    case .state(let version):
      return [.appendState(version)]
    }
  }
}

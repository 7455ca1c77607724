import PipelineModel

extension ZoneTable {
  /// UTC, and a zone whose clocks jump forward and back within the first simulated day.
  static let simulated: ZoneTable = {
    let dawn: Int64 = 1_800_000_000
    return ZoneTable([
      ZoneRules(
        name: "Model/Jumping", initialOffset: 3600,
        transitions: [
          ZoneRules.Transition(at: dawn + 5 * 3600, offset: 7200),
          ZoneRules.Transition(at: dawn + 14 * 3600, offset: 3600),
        ])
    ])
  }()
}

extension EngineObservation {
  /// The same, by the clock of whoever observes.
  func at(_ now: Timestamp) -> EngineObservation {
    switch self {
    case .complete(let revision, _, let runs, let unreadable):
      .complete(revision, at: now, runs: runs, unreadable: unreadable)
    case .unavailable(let reason, _): .unavailable(reason, at: now)
    }
  }
}

internal import EngineHTTP

extension HevoPipeline {
  /// Whether it may run, as far as its status tells; nil where it tells nothing that is known.
  var position: Position? {
    switch status {
    case nil, .unknown: nil
    case .known(let status): status.position
    }
  }

  /// Where its switch stands.
  enum Position: Hashable, Sendable {
    case on
    case turningOn
    case off
    case turningOff
    /// Being made or restarted by Hevo.
    case busy
    /// Hevo did not get it to where it was to be.
    case broken
    case gone
  }
}

extension HevoPipeline.Status {
  fileprivate var position: HevoPipeline.Position {
    switch self {
    case .initialized, .enabled, .disableFailed: .on
    case .enabling: .turningOn
    case .disabled, .enableFailed: .off
    case .disabling: .turningOff
    case .initializing, .restarting: .busy
    case .initializeFailed, .restartFailed: .broken
    case .deleting, .deleted, .deleteFailed: .gone
    }
  }
}

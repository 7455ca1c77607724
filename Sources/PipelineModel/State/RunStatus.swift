/// Where a run stands.
public enum RunStatus: Hashable, Codable, Sendable {
  /// Ordered; no report of it yet.
  case starting
  case active(Stage)
  /// Between two attempts.
  case backingOff(until: Timestamp)
  case stopping(StopProgress)
  /// A stop's deadline passed, or the supervisor is gone, and the end is not proven; nothing may start.
  case unconfirmed(since: Timestamp)
  case ended(RunOutcome)

  public var outcome: RunOutcome? {
    if case .ended(let outcome) = self { outcome } else { nil }
  }

  public var isEnded: Bool { outcome != nil }
}

/// A part of a run.
public enum Stage: String, Hashable, Codable, Sendable, CaseIterable {
  /// Packages of connectors are installed; only where one is missing.
  case install
  case discover
  case snapshot
  case extract
  case cdc
  case load
  /// The program of a command runs.
  case run
  /// What was written is compared with where it came from.
  case verify
}

/// How far a cancel or a complete has come.
public struct StopProgress: Hashable, Codable, Sendable {
  public var kind: StopKind
  public var step: StopStep
  public var since: Timestamp

  public init(kind: StopKind, step: StopStep, since: Timestamp) {
    self.kind = kind
    self.step = step
    self.since = since
  }
}

public enum StopKind: String, Hashable, Codable, Sendable {
  case cancel
  /// Ends a continuous run well, after its current round.
  case complete
}

public enum StopStep: String, Hashable, Codable, Sendable {
  case requested
  case delivered
  case terminating
}

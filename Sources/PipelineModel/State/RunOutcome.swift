/// How a run ended; every run ends in exactly one of these.
public enum RunOutcome: Hashable, Codable, Sendable {
  case succeeded
  /// A continuous run was ended well.
  case completed
  /// Stopped on demand, and verified gone (law 4).
  case cancelled
  case failed(Failure)
  /// Its supervisor vanished and nothing of it is left; or its service tells no more of it, and nobody has seen how it ended.
  case lost

  public var word: String {
    switch self {
    case .succeeded: "succeeded"
    case .completed: "completed"
    case .cancelled: "cancelled"
    case .failed: "failed"
    case .lost: "lost"
    }
  }

  /// Whether the data is where it should be.
  public var isGood: Bool {
    switch self {
    case .succeeded, .completed: true
    case .cancelled, .failed, .lost: false
    }
  }
}

/// Why a run failed.
public struct Failure: Hashable, Codable, Sendable {
  public var code: FailureCode
  /// One sentence for the person who reads it at three in the morning.
  public var message: String
  /// The last lines of the culprit's log, oldest first.
  public var lastLines: [String]

  public init(_ code: FailureCode, _ message: String, lastLines: [String] = []) {
    self.code = code
    self.message = message
    self.lastLines = lastLines
  }
}

public enum FailureCode: String, Hashable, Codable, Sendable, CaseIterable {
  case connectorMissing = "connector-missing"
  /// A package that cannot be installed, or that does not start.
  case installFailed = "install-failed"
  /// An installation that did not come to its end, for a reason that passes.
  case installInterrupted = "install-interrupted"
  case secretUnresolved = "secret-unresolved"
  case discoveryFailed = "discovery-failed"
  case catalogRefused = "catalog-refused"
  case tapFailed = "tap-failed"
  case targetFailed = "target-failed"
  case invalidMessage = "invalid-message"
  /// The tap was stopped by somebody else and left a stream unfinished.
  case cutShort = "cut-short"
  /// The program of a command, or its working directory, is not there.
  case commandMissing = "command-missing"
  case commandFailed = "command-failed"
  case runTimeout = "run-timeout"
  case noProgress = "no-progress"
  case journalFailed = "journal-failed"
  case supervisorFailed = "supervisor-failed"
  case engineFailed = "engine-failed"

  /// Whether another attempt of the same run may mend it.
  public var isRetryable: Bool {
    switch self {
    case .tapFailed, .targetFailed, .cutShort, .commandFailed, .discoveryFailed, .supervisorFailed, .engineFailed,
      .invalidMessage, .installInterrupted:
      true
    case .connectorMissing, .commandMissing, .installFailed, .secretUnresolved, .catalogRefused, .runTimeout,
      .noProgress,
      .journalFailed:
      false
    }
  }
}

/// A job action that a manifest or a command asks for, under an id of the user's choosing.
public struct JobRequest: Hashable, Codable, Sendable {
  public var request: RequestID
  public var action: JobAction
  public var reason: String?
  /// How long it may stay pending; absent means for ever.
  public var expireAfter: TimeSpan?

  public init(request: RequestID, action: JobAction, reason: String? = nil, expireAfter: TimeSpan? = nil) {
    self.request = request
    self.action = action
    self.reason = reason
    self.expireAfter = expireAfter
  }
}

/// What is asked for.
public enum JobAction: Hashable, Codable, Sendable {
  case start(StartOptions)
  case cancel
  case complete

  public var verb: String {
    switch self {
    case .start: "start"
    case .cancel: "cancel"
    case .complete: "complete"
    }
  }

  /// What it may come to that somebody has to agree to, sorted.
  public var consents: [Consent] {
    switch self {
    case .complete: []
    case .cancel: [.cancel]
    case .start(let options):
      (options.ifRunning == .replace ? [.cancel] : []) + (options.dropDestinationFirst ? [.rewrite] : [])
    }
  }
}

/// How a requested start is to be made.
public struct StartOptions: Hashable, Codable, Sendable {
  /// Absent: the pipeline's own.
  public var mode: RunMode?
  public var ifRunning: ConflictPolicy
  public var dropDestinationFirst: Bool

  public init(mode: RunMode? = nil, ifRunning: ConflictPolicy = .reject, dropDestinationFirst: Bool = false) {
    self.mode = mode
    self.ifRunning = ifRunning
    self.dropDestinationFirst = dropDestinationFirst
  }
}

/// What a requested start does where a run is active.
public enum ConflictPolicy: String, Hashable, Codable, Sendable, CaseIterable {
  case reject
  case wait
  /// Cancels the active run, waits until it is verified gone, then starts.
  case replace
}

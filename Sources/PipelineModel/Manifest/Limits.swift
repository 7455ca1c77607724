/// How long the parts of a run may take.
public struct Limits: Hashable, Codable, Sendable {
  /// Absent: unlimited.
  public var runTimeout: TimeSpan?
  /// The longest time without a forwarded line or a confirmed state; absent: unlimited.
  public var noProgress: TimeSpan?
  /// Means nothing without `noProgress`.
  public var noProgressAction: NoProgressAction
  /// From SIGTERM to SIGKILL for the tap.
  public var cancelGrace: TimeSpan
  /// From the end of input to SIGTERM for the target.
  public var drainTimeout: TimeSpan

  public init(
    runTimeout: TimeSpan? = nil, noProgress: TimeSpan? = nil, noProgressAction: NoProgressAction = .cancel,
    cancelGrace: TimeSpan = TimeSpan(seconds: 60), drainTimeout: TimeSpan = TimeSpan(seconds: 600)
  ) {
    self.runTimeout = runTimeout
    self.noProgress = noProgress
    self.noProgressAction = noProgressAction
    self.cancelGrace = cancelGrace
    self.drainTimeout = drainTimeout
  }
}

extension Limits {
  /// What was stored before there were actions has the first of them.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      runTimeout: try fields.decodeIfPresent(TimeSpan.self, forKey: .runTimeout),
      noProgress: try fields.decodeIfPresent(TimeSpan.self, forKey: .noProgress),
      noProgressAction: try fields.decodeIfPresent(NoProgressAction.self, forKey: .noProgressAction) ?? .cancel,
      cancelGrace: try fields.decode(TimeSpan.self, forKey: .cancelGrace),
      drainTimeout: try fields.decode(TimeSpan.self, forKey: .drainTimeout))
  }
}

/// How often a run is tried.
public struct RetryPolicy: Hashable, Codable, Sendable {
  /// At least 1.
  public var attempts: Int
  /// Before the second attempt; doubled for each further one.
  public var backoff: TimeSpan

  public init(attempts: Int = 1, backoff: TimeSpan = TimeSpan(seconds: 30)) {
    self.attempts = attempts
    self.backoff = backoff
  }

  /// What lies between a failed attempt and the next one.
  ///
  /// - Parameter attempt: the one that failed, one-based.
  public func backoff(after attempt: Int) -> TimeSpan {
    let doubled = backoff.milliseconds.multipliedReportingOverflow(by: 1 << Int64(min(max(attempt - 1, 0), 20)))
    return doubled.overflow ? backoff : TimeSpan(milliseconds: doubled.partialValue)
  }
}

/// Why something is or is not done about a pipeline; every pipeline in scope has one.
public struct Decision: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  public var reason: Reason
  /// The next instant at which the schedule wants a run; absent without slots.
  public var nextSlot: Timestamp?
  /// The next instant at which the answer may be another one; absent: only an event changes it.
  public var wakeAt: Timestamp?

  public init(pipeline: PipelineName, reason: Reason, nextSlot: Timestamp? = nil, wakeAt: Timestamp? = nil) {
    self.pipeline = pipeline
    self.reason = reason
    self.nextSlot = nextSlot
    self.wakeAt = wakeAt
  }
}

/// A closed list of reasons; shown, never acted on.
public enum Reason: Hashable, Codable, Sendable {
  case changes
  case upToDate
  case paused(PauseDetails)
  case runActive(RunID)
  case runStopping(RunID)
  case runUnconfirmed(RunID)
  case requestPending(RequestID, behind: RunID?)
  /// A request waits for somebody to agree to what it does.
  case consentNeeded(RequestID, Consent)
  case engineUnavailable(EngineName, String)
  case intentOpen(OperationID)
  case orphaned(since: Timestamp)
  case engineAtCapacity(EngineName, limit: Int)
  /// As many runs are active, on all engines together, as the controller may have.
  case controllerAtCapacity(limit: Int)
  /// A slot waits for the active run to end.
  case slotWaiting(Timestamp, behind: RunID)
  case ownedElsewhere(SourceSet)
}

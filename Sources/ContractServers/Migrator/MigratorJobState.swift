public import PipelineModel

/// A job, from its making on.
public struct MigratorJobState: Sendable {
  public var id: String
  public var projectID: String
  public var submittedAt: Timestamp
  public var mode: String
  /// As they were sent.
  public var options: JSON
  public var filters: JSON?
  /// The source's, as it is told.
  public var address = "jdbc:postgresql://db.internal/shop"
  public var isVerificationRequested: Bool
  public var plan: MigratorJobPlan
  public var status = "RUNNING"
  public var changeCapture = "NOT_STARTED"
  public var verification: String?
  public var snapshotEndedAt: Timestamp?
  public var failedAt: Timestamp?
  /// When what was asked of it by a stop comes to its end.
  public var stopEndsAt: Timestamp?

  init(id: String, projectID: String, submittedAt: Timestamp, mode: String, options: JSON, plan: MigratorJobPlan) {
    self.id = id
    self.projectID = projectID
    self.submittedAt = submittedAt
    self.mode = mode
    self.options = options
    self.plan = plan
    isVerificationRequested = false
  }

  public var isUnderWay: Bool { ["RUNNING", "CANCELLING", "CLEANING_UP", "NOT_STARTED", "PAUSED"].contains(status) }

  /// Whether what change capture needs in the meantime is still there.
  public var hasTemporaryData: Bool { !["NOT_STARTED", "COMPLETED"].contains(changeCapture) }

  var drops: Bool {
    if case .object(let members) = options { members["dropCollections"] == true } else { false }
  }

  /// How many documents it has written by then.
  func written(at now: Timestamp) -> Int {
    let end = [snapshotEndedAt, status == "CANCELLED" ? stopEndsAt : nil, now].compactMap { $0 }.min() ?? now
    let (span, whole) = ((end - submittedAt).milliseconds, max(1, plan.snapshotTakes.milliseconds))
    return Int(Int64(plan.documents) * min(span, whole) / whole)
  }

  /// Ends it in the way that its stage has: a snapshot is terminated, change capture is completed.
  mutating func stop(at now: Timestamp, taking span: TimeSpan) {
    guard isUnderWay, stopEndsAt == nil else { return }
    stopEndsAt = now + span
    if changeCapture == "RUNNING" || changeCapture == "PAUSED" {
      changeCapture = "COMPLETING"
    } else {
      status = "CANCELLING"
    }
  }

  /// Lets everything happen that was due by then.
  mutating func settle(_ now: Timestamp) {
    if let stopEndsAt, isUnderWay {
      if stopEndsAt <= now { endStop() }
    } else if isUnderWay, snapshotEndedAt == nil, now >= submittedAt + plan.snapshotTakes {
      endSnapshot()
    }
    guard verification == "VERIFYING", let end = snapshotEndedAt, now >= end + plan.verificationTakes else { return }
    verification = plan.verificationEnds
  }

  private mutating func endStop() {
    if changeCapture == "COMPLETING" {
      (status, changeCapture) = ("COMPLETED", "COMPLETED")
    } else {
      status = "CANCELLED"
    }
  }

  private mutating func endSnapshot() {
    let end = submittedAt + plan.snapshotTakes
    snapshotEndedAt = end
    if plan.failure != nil {
      (status, failedAt) = ("FAILED", end)
    } else if mode == "CDC" {
      changeCapture = "RUNNING"
    } else {
      status = "COMPLETED"
      if isVerificationRequested, plan.verificationEnds != nil { verification = "VERIFYING" }
    }
  }
}

/// What became of a slot; every slot that pipectl owns has exactly one (law 3).
public struct SlotRecord: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  /// Names the slot.
  public var instant: Timestamp
  /// Where set, the outcome is that of every slot after this instant, up to and including `instant`.
  public var since: Timestamp?
  public var outcome: SlotOutcome
  public var decidedAt: Timestamp

  public init(
    pipeline: PipelineName, instant: Timestamp, since: Timestamp? = nil, outcome: SlotOutcome, decidedAt: Timestamp
  ) {
    self.pipeline = pipeline
    self.instant = instant
    self.since = since
    self.outcome = outcome
    self.decidedAt = decidedAt
  }
}

/// The one outcome of a slot.
public enum SlotOutcome: Hashable, Codable, Sendable {
  case ran(RunID)
  case skipped(SlotSkip)
  case missed(SlotMiss)
  /// It waited behind a run, and was cancelled together with it.
  case cancelled(with: RunID)
}

/// Why a slot was left out.
public enum SlotSkip: Hashable, Codable, Sendable {
  /// It passed while nobody looked, and `missed: skip` leaves such slots out.
  case policy
  /// A later slot takes its place.
  case superseded
  case paused
  /// A run was active or another slot was waiting; the run, where there was one.
  case overlap(RunID?)
  /// The schedule was taken away while it waited.
  case unscheduled
}

/// Why a slot could not be started any more.
public enum SlotMiss: String, Hashable, Codable, Sendable {
  /// `startDeadline` was over.
  case deadlinePassed = "deadline-passed"
}

/// The oldest of what is recorded of a pipeline, and how much there is of it.
public struct PipelinePast: Hashable, Sendable {
  public var pipeline: PipelineName
  public var runCount: Int
  /// Ascending; no more than were asked for.
  public var oldestRuns: [RunRecord]
  /// The newest run that ended well; absent where none did.
  public var lastGoodRun: RunID?
  /// Runs that requests without a result speak of.
  public var runsInQuestion: Set<RunID>
  public var intentCount: Int
  /// In the order of their recording, settled or not; no more than were asked for.
  public var oldestIntents: [Intent]
  public var stateCount: Int
  public var slotCount: Int
  /// Ascending; no more than were asked for.
  public var oldestSlots: [SlotRecord]

  public init(
    pipeline: PipelineName, runCount: Int = 0, oldestRuns: [RunRecord] = [], lastGoodRun: RunID? = nil,
    runsInQuestion: Set<RunID> = [], intentCount: Int = 0, oldestIntents: [Intent] = [], stateCount: Int = 0,
    slotCount: Int = 0, oldestSlots: [SlotRecord] = []
  ) {
    self.pipeline = pipeline
    self.runCount = runCount
    self.oldestRuns = oldestRuns
    self.lastGoodRun = lastGoodRun
    self.runsInQuestion = runsInQuestion
    self.intentCount = intentCount
    self.oldestIntents = oldestIntents
    self.stateCount = stateCount
    self.slotCount = slotCount
    self.oldestSlots = oldestSlots
  }

  /// Whether a longer look at it is worth while.
  public func isDue(_ rules: Retention, now: Timestamp) -> Bool {
    max(runCount, intentCount, slotCount) > rules.runs || stateCount > rules.states
      || oldestRuns.first?.isOld(rules, now) ?? false || oldestIntents.first?.isOld(rules, now) ?? false
      || oldestSlots.first?.isOld(rules, now) ?? false
  }
}

extension RunRecord {
  func isOld(_ rules: Retention, _ now: Timestamp) -> Bool {
    (report.endedAt ?? observedAt) + rules.age <= now
  }
}

extension Intent {
  func isOld(_ rules: Retention, _ now: Timestamp) -> Bool {
    guard case .settled(_, let at) = state else { return false }
    return at + rules.age <= now
  }

  /// The run that it is about.
  var run: RunID? {
    switch operation.effect {
    case .start(let order): order.run
    case .stop(let order): order.run
    case .write, .configure, .forget, .settle: nil
    }
  }
}

extension SlotRecord {
  func isOld(_ rules: Retention, _ now: Timestamp) -> Bool {
    max(instant, decidedAt) + rules.age <= now
  }

  /// The run that its outcome names.
  var run: RunID? {
    switch outcome {
    case .ran(let run): run
    case .cancelled(let run): run
    case .skipped(.overlap(let run)): run
    case .skipped(.policy), .skipped(.superseded), .skipped(.paused), .skipped(.unscheduled), .missed: nil
    }
  }
}

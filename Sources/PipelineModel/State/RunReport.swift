/// What an engine says of one run: everything it knows, each time.
public struct RunReport: Hashable, Codable, Sendable {
  public var run: RunID
  public var status: RunStatus
  /// One-based.
  public var attempt: Int
  public var startedAt: Timestamp?
  public var endedAt: Timestamp?
  public var stages: [StageReport]
  /// Sorted by name; counts of the whole run, all attempts together.
  public var streams: [StreamReport]
  public var tapExit: ProcessExit?
  public var targetExit: ProcessExit?
  public var commandExit: ProcessExit?
  /// In the order in which the target confirmed them.
  public var confirmedStates: [ConfirmedState]
  /// The catalog that this run's discovery found; the pipeline's only once the run has succeeded.
  public var catalog: String?
  public var conditions: [RunCondition]
  /// What is missing in the middle of its logs, all attempts together; absent where they are whole, or where the engine keeps none.
  public var logBytesLeftOut: Int64?
  /// The order that it was started with, where the engine keeps it; lets a run be recorded that the records have lost.
  public var order: StartOrder?

  public init(
    run: RunID, status: RunStatus, attempt: Int = 1, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil,
    stages: [StageReport] = [], streams: [StreamReport] = [], tapExit: ProcessExit? = nil,
    targetExit: ProcessExit? = nil, commandExit: ProcessExit? = nil,
    confirmedStates: [ConfirmedState] = [], catalog: String? = nil, conditions: [RunCondition] = [],
    logBytesLeftOut: Int64? = nil, order: StartOrder? = nil
  ) {
    self.run = run
    self.status = status
    self.attempt = attempt
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.stages = stages
    self.streams = streams
    self.tapExit = tapExit
    self.targetExit = targetExit
    self.commandExit = commandExit
    self.confirmedStates = confirmedStates
    self.catalog = catalog
    self.conditions = conditions
    self.logBytesLeftOut = logBytesLeftOut
    self.order = order
  }
}

public struct StageReport: Hashable, Codable, Sendable {
  public var stage: Stage
  public var startedAt: Timestamp
  public var endedAt: Timestamp?

  public init(stage: Stage, startedAt: Timestamp, endedAt: Timestamp? = nil) {
    self.stage = stage
    self.startedAt = startedAt
    self.endedAt = endedAt
  }
}

public struct StreamReport: Hashable, Codable, Sendable {
  public var name: String
  /// Absent where the engine does not tell.
  public var records: Int64?
  public var bytes: Int64?

  public init(name: String, records: Int64?, bytes: Int64?) {
    self.name = name
    self.records = records
    self.bytes = bytes
  }
}

/// How a process ended.
public enum ProcessExit: Hashable, Codable, Sendable {
  case code(Int32)
  case signal(Int32)

  public var isSuccess: Bool { self == .code(0) }
}

/// A state line that the target printed, verbatim (law 10).
public struct ConfirmedState: Hashable, Codable, Sendable {
  /// One-based within its run, ascending.
  public var sequence: Int
  public var at: Timestamp
  public var text: String

  public init(sequence: Int, at: Timestamp, text: String) {
    self.sequence = sequence
    self.at = at
    self.text = text
  }
}

/// A fact about a run beside its outcome.
public enum RunCondition: String, Hashable, Codable, Sendable, CaseIterable {
  /// The target did not end within its drain timeout: what it had not confirmed comes again.
  case loadIncomplete = "LoadIncomplete"
  /// The tap told its state, and the target confirmed none: the next run begins where this one did.
  case statesUnconfirmed = "StatesUnconfirmed"
  /// What was extracted was not seen to be loaded within the engine's time for it.
  case loadUnconfirmed = "LoadUnconfirmed"
  /// The engine calls it completed, and some of its records were not loaded.
  case recordsFailed = "RecordsFailed"
  /// It came due behind a run that was being cancelled, and was cancelled with it.
  case cancelledBehind = "CancelledBehind"
  /// What was written was to be compared with its source, and was not seen to be.
  case verificationUnconfirmed = "VerificationUnconfirmed"
  /// The tap changed its own configuration file, as OAuth taps do; the change is not kept.
  case configRewritten = "ConfigRewritten"
  /// The tap did not end within the cancel grace and was killed.
  case tapKilled = "TapKilled"
  /// The command did not end within the cancel grace and was killed.
  case commandKilled = "CommandKilled"
  /// The command ended and left processes behind, which were ended too.
  case leftoversEnded = "LeftoversEnded"
  /// It moves nothing for longer than its limit, and goes on; only while that is so.
  case noProgress = "NoProgress"
  /// The engine shows no run that goes on: it is believed from the answer to its start; only while that is so.
  case believed = "Believed"
  /// Nothing showed it when it was stopped: whatever ran at that moment was meant.
  case stoppedUnseen = "StoppedUnseen"
  /// The answer to its start was lost: what was seen since says that it goes on; only while that is so.
  case inferred = "Inferred"
  /// A log reached its bound and says so.
  case logTruncated = "LogTruncated"
}

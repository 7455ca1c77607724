internal import PipelineModel

/// What a supervisor learns, one fact at a time.
enum JournalEntry: Hashable, Sendable {
  /// A supervisor holds the run's lock and begins with that attempt.
  case started(SupervisorRecord)
  /// The same supervisor tries again.
  case attemptBegan(Int)
  case stageBegan(Stage)
  case stageEnded(Stage)
  /// Durable before the program begins.
  case childStarted(ChildRecord)
  case childExited(ConnectorRole, pid: Int32, ProcessExit)
  /// Of the whole run, all attempts together.
  case counts([StreamReport])
  case state(sequence: Int, text: String)
  case catalog(String)
  case stop(StopProgress)
  case condition(RunCondition)
  /// It is true no longer.
  case conditionEnded(RunCondition)
  /// By all logs of the whole run, all attempts together.
  case logBytesLeftOut(Int64)
  case backingOff(until: Timestamp)
  /// One sentence for people.
  case note(String)
  /// The last entry: the children are gone, the configs removed.
  case ended(RunOutcome)
}

/// Which process supervises, and what it knows.
struct SupervisorRecord: Hashable, Codable, Sendable {
  var identity: ProcessIdentity
  var attempt: Int
}

/// A child, certain enough to be ended by somebody else.
struct ChildRecord: Hashable, Codable, Sendable {
  var role: ConnectorRole
  var identity: ProcessIdentity
  /// Its process group.
  var group: Int32
}

public import PipelineModel
public import Reconciler
public import StoreAPI

/// What the loop hears; an answer that nobody waits for changes nothing.
public enum LoopEvent: Hashable, Sendable {
  case begin(LoopGoal, now: Timestamp)
  case locked(now: Timestamp)
  case lockRefused(holder: String)
  case loaded(LoopRecords, now: Timestamp)
  case observed([EngineAnswer], now: Timestamp)
  case committed(now: Timestamp)
  case storeFailed(StoreError)
  case answered(OperationID, OperationAnswer, now: Timestamp)
  /// The engine was told; whether it listened is of no matter, since it would only report the run once more.
  case retired(RunID)
  /// A run changed, or the instant has come.
  case woke(now: Timestamp)
  /// The user wants to wait no longer.
  case interrupted
}

/// What the memory answered.
public struct LoopRecords: Hashable, Sendable {
  public var stored: StoredState
  /// Of the pipelines that were asked for.
  public var intents: [Intent]
  /// Those that were asked for and are on record.
  public var runs: [RunRecord]
  /// The rules of every zone that a recorded schedule names.
  public var zones = ZoneTable([])

  public init(stored: StoredState, intents: [Intent] = [], runs: [RunRecord] = []) {
    self.stored = stored
    self.intents = intents
    self.runs = runs
  }
}

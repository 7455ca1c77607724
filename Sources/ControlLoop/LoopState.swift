public import PipelineModel
public import Reconciler

/// Where a call of the loop stands; everything it remembers besides the store.
public struct LoopState: Hashable, Sendable {
  public internal(set) var phase = LoopPhase.idle
  var goal = LoopGoal()
  var progress = LoopProgress()
  var now = Timestamp(milliseconds: 0)

  public init() {}
}

/// What the loop waits for.
public enum LoopPhase: Hashable, Sendable {
  case idle
  case locking
  case loading
  case observing(LoopRecords)
  /// The engines' answers are being committed; what follows is known already.
  case recordingObservations(Observed)
  case retiring(Observed)
  /// The changes before execution are being committed; `stored` holds them.
  case recordingIntents(stored: StoredState, plan: Plan, engines: [EngineAvailability])
  /// The first of `left` is with its engine.
  case executing(stored: StoredState, left: ArraySlice<Operation>)
  case settling(stored: StoredState, left: ArraySlice<Operation>)
  case waiting
  case finished

  /// The records with the engines' answers taken in.
  public struct Observed: Hashable, Sendable {
    public var intents: [Intent]
    public var absorption: Absorption

    public var stored: StoredState { absorption.stored }
  }
}

/// What has come of the goal so far.
struct LoopProgress: Hashable, Sendable {
  var round = 0
  /// Rounds since the last wait that had something to do for a pipeline.
  var roundsInARow: [PipelineName: Int] = [:]
  var isInterrupted = false
  var isSubmitted = false
  /// Every operation of the saved plan was executed before; at most the runs that came of it are still waited for.
  var isAlreadyApplied = false
  /// The requests that the goal speaks of, sorted.
  var keys: [RequestKey] = []
  /// Requests of the goal that had no result when it began.
  var awaited: [RequestKey]?
  var firstPlan: Plan?
  var standing: LoopStanding?
  var executed: [Execution] = []
  /// What speaks against the pipelines that were left out of the plan.
  var heldBack: [LawViolation] = []
  var watched: Set<RunID> = []
  /// As last observed; at most one for each watched run.
  var runs: [RunID: RunRecord] = [:]
  var requests: [RequestRecord] = []
  /// Engines that have answered since the goal began.
  var enginesRead: Set<EngineName> = []
  var roundsUnavailable = 0
  /// When the operations of this round were begun.
  var executingSince = Timestamp(milliseconds: 0)
  /// How often each operation was given to its engine, and when last.
  var attempts: [OperationID: Attempts] = [:]

  struct Attempts: Hashable, Sendable {
    var count: Int
    var last: Timestamp
  }

  mutating func note(_ records: [RunRecord]) {
    for record in records where watched.contains(record.id) { runs[record.id] = record }
  }

  /// What changes of runs; one that never was is waited for no longer.
  mutating func note(_ changes: [StateChange]) {
    for change in changes {
      if case .putRun(let record) = change { note([record]) }
      if case .dropRun(let run) = change { forget(run) }
    }
  }

  /// Lets go of those that were ordered and are not recorded any more: another loop found that they never were.
  mutating func keep(_ records: [RunRecord]) {
    let recorded = Set(records.map(\.id))
    for (run, known) in runs where known.report.status == .starting && !recorded.contains(run) { forget(run) }
  }

  private mutating func forget(_ run: RunID) {
    watched.remove(run)
    runs[run] = nil
  }

  var sortedRuns: [RunRecord] {
    watched.sorted().compactMap { runs[$0] }
  }

  func result(_ outcome: LoopOutcome) -> LoopResult {
    LoopResult(
      outcome: outcome, firstPlan: firstPlan, executed: executed, runs: sortedRuns, requests: requests,
      standing: standing, heldBack: heldBack)
  }
}

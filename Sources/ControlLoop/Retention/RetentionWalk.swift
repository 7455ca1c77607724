public import EngineAPI
public import PipelineModel
public import StoreAPI

/// Goes through all pipelines again and again, a few at a time, and drops what is kept no longer.
///
/// Each step is for whoever holds the controller's lock. What an engine keeps of a run goes before its record does: a crash in between
/// leaves a record without a folder, which the next pass drops, and never a folder that nobody knows.
public struct RetentionWalk: Sendable {
  private let rules: Retention
  private let bounds: Bounds
  /// The pipeline that was looked at last; absent at the beginning of a pass.
  private var position: PipelineName?

  /// How much one step does at most.
  public struct Bounds: Hashable, Sendable {
    public var pipelines: Int
    public var runs: Int

    public init(pipelines: Int = 100, runs: Int = 32) {
      self.pipelines = pipelines
      self.runs = runs
    }
  }

  public init(_ rules: Retention = .standard, bounds: Bounds = Bounds()) {
    self.rules = rules
    self.bounds = bounds
  }

  /// Looks at the next pipelines, and drops what is due; nothing of the records where the store fails.
  public mutating func step(
    _ store: any ControlStore, _ engines: [any Engine], now: Timestamp
  ) async throws(StoreError) -> RetentionStep {
    let look = try look(store, now)
    let (past, left) = await discard(look.due, engines)
    try store.drop(past)
    // What cannot be removed must not keep the walk from going on.
    let isHeldUp = look.due.last?.runs != past.last?.runs
    position = look.isPassOver ? nil : isHeldUp ? look.last : look.lastDone
    return RetentionStep(dropped: past.filter { !$0.isEmpty }, left: left, isPassOver: look.isPassOver)
  }

  /// What a step would drop; nothing is.
  public mutating func preview(_ store: any ControlStore, now: Timestamp) throws(StoreError) -> RetentionStep {
    let names = try store.pipelines(after: position, limit: bounds.pipelines)
    var due: [PastToDrop] = []
    for name in names {
      let past = whatToDrop(try store.past(of: name, window: 1 << 40), rules, now: now)
      if !past.isEmpty { due.append(past) }
    }
    position = names.last
    return RetentionStep(dropped: due, left: [], isPassOver: names.count < bounds.pipelines)
  }

  /// What is due of the next pipelines.
  private struct Look {
    var due: [PastToDrop] = []
    /// The last that was looked at, and the last of which nothing more is due.
    var last: PipelineName?
    var lastDone: PipelineName?
    var isPassOver = false
  }

  private func look(_ store: any ControlStore, _ now: Timestamp) throws(StoreError) -> Look {
    var look = Look(last: position, lastDone: position)
    let names = try store.pipelines(after: position, limit: bounds.pipelines)
    for name in names {
      let past = try pastToDrop(of: name, store, now)
      if !past.isEmpty { look.due.append(past) }
      look.last = name
      if isCut(past) { return look }
      look.lastDone = name
      if look.due.reduce(0, { $0 + $1.runs.count }) >= bounds.runs { return look }
    }
    look.isPassOver = names.count < bounds.pipelines
    return look
  }

  /// Whether more may be due of the pipeline than a step does.
  private func isCut(_ past: PastToDrop) -> Bool {
    past.runs.count >= bounds.runs || max(past.intents.count, past.slots.count) >= 2 * bounds.runs
      || past.states >= 16 * bounds.runs
  }

  private func pastToDrop(
    of name: PipelineName, _ store: any ControlStore, _ now: Timestamp
  ) throws(StoreError) -> PastToDrop {
    guard try store.past(of: name, window: 1).isDue(rules, now: now) else { return PastToDrop(pipeline: name) }
    var past = whatToDrop(try store.past(of: name, window: bounds.runs), rules, now: now)
    past.states = min(past.states, 16 * bounds.runs)
    return past
  }

  /// Leaves the records of runs of which an engine still has something.
  private func discard(
    _ due: [PastToDrop], _ engines: [any Engine]
  ) async -> (past: [PastToDrop], left: [DiscardedRuns.Left]) {
    var left: [DiscardedRuns.Left] = []
    var kept: Set<RunID> = []
    for engine in engines {
      let runs = due.flatMap(\.runs).filter { $0.engine == engine.name }.map(\.id)
      let answer = await engine.discard(runs)
      left += answer.left
      kept.formUnion(Set(runs).subtracting(answer.gone))
    }
    let past = due.map { past in
      var past = past
      past.runs.removeAll { kept.contains($0.id) }
      return past
    }
    return (past, left)
  }
}

/// What one step of a retention walk came to.
public struct RetentionStep: Hashable, Sendable {
  public var dropped: [PastToDrop]
  /// Runs that stay recorded, since what their engine keeps of them could not be removed.
  public var left: [DiscardedRuns.Left]
  /// Whether every pipeline was looked at.
  public var isPassOver: Bool

  public init(dropped: [PastToDrop], left: [DiscardedRuns.Left], isPassOver: Bool) {
    self.dropped = dropped
    self.left = left
    self.isPassOver = isPassOver
  }
}

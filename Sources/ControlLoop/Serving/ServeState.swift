public import PipelineModel
import Reconciler

/// One step of a controller that stays: what happened in, what is to be done out. Total and pure.
///
/// At most one of the effects is answered by an event, and it is the last one.
public func serve(_ state: ServeState, _ event: ServeEvent) -> (ServeState, [ServeEffect]) {
  var next = state
  let effects = next.hear(event)
  return (next, effects)
}

/// What a controller that stays remembers: when to look at whom again. Everything else is recorded.
///
/// It looks at pipelines that are due, that changed, whose runs are active, or that wait for room: a tick costs what happens, and not
/// what exists.
public struct ServeState: Hashable, Sendable {
  let options: ServeOptions
  var phase = ServePhase.idle
  /// What the last good commit wants; absent before the first.
  var desired: DesiredState?
  var source: SourceStatus?
  var due = DueTimes()
  /// The active runs, by pipeline.
  var active: [PipelineName: [RunID]] = [:]
  /// Whoever an engine had no place for, who has waited longest first.
  var waitingForRoom: [PipelineName] = []
  /// To be looked at next, whatever the time.
  var touched: Set<PipelineName> = []
  /// Everything is to be looked at next.
  var mustResync = false
  var hasRoom = false
  /// Readings that were not taken up yet, the latest only.
  var news: SourceReading?
  var ending: Bool?
  /// How often in a row a pipeline had something to do.
  var rounds: [PipelineName: Int] = [:]
  var pipelines = 0

  public init(_ options: ServeOptions) {
    self.options = options
  }
}

/// What is under way.
enum ServePhase: Hashable, Sendable {
  case idle
  /// A goal for these pipelines; absent: for all.
  case looking([PipelineName]?)
  /// A goal for a commit, and what it wants as a whole.
  case applying(SourceReading, DesiredState, commit: String)
  case recording
  case waiting
  case finished
}

extension ServeState {
  mutating func hear(_ event: ServeEvent) -> [ServeEffect] {
    switch event {
    case .began(let now):
      guard case .idle = phase else { return [] }
      mustResync = true
      return goOn(now)
    case .looked(let result, let now): return looked(result, now)
    case .noted(let now):
      guard case .recording = phase else { return [] }
      return goOn(now)
    case .woke(let nudges, let now):
      guard case .waiting = phase else { return [] }
      for nudge in nudges { take(nudge) }
      return goOn(now)
    }
  }

  private mutating func take(_ nudge: Nudge) {
    switch nudge {
    case .runsChanged: touched.formUnion(active.keys)
    case .touched(let names): touched.formUnion(names)
    case .source(let reading): news = reading
    case .resync: mustResync = true
    case .end(let drain): ending = ending.map { $0 && drain } ?? drain
    }
  }

  /// The next thing to do: end, look at everything, take up a commit, look at whoever is due, or wait.
  mutating func goOn(_ now: Timestamp) -> [ServeEffect] {
    if let drain = ending, !drain || active.isEmpty {
      phase = .finished
      return [.finish]
    }
    if mustResync {
      mustResync = false
      return look(at: nil)
    }
    if let reading = news {
      news = nil
      if ending == nil { return take(up: reading, now) }
    }
    let names = whoIsNext(now)
    return names.isEmpty ? wait() : look(at: names)
  }

  private mutating func look(at names: [PipelineName]?) -> [ServeEffect] {
    phase = .looking(names)
    return [.pursue(goal(scope: names, desired: DesiredState(zones: options.zones)))]
  }

  /// A controller that is ending looks after runs, and begins nothing.
  func goal(scope: [PipelineName]?, desired: DesiredState) -> LoopGoal {
    LoopGoal(
      scope: scope, desired: desired, consents: ConsentGrant([.cancel], honorsManifests: true), until: .planned,
      firesSlots: ending == nil, maxConcurrentRuns: ending == nil ? options.maxConcurrentRuns : 0)
  }

  /// Sorted. Those that wait for room are asked where there may be some.
  private mutating func whoIsNext(_ now: Timestamp) -> [PipelineName] {
    var names = touched.union(due.take(at: now, limit: ServePace.batch))
    touched = []
    if hasRoom {
      names.formUnion(waitingForRoom.prefix(ServePace.batch))
      hasRoom = false
    }
    return names.sorted()
  }

  private mutating func wait() -> [ServeEffect] {
    phase = .waiting
    let runs = active.values.joined().sorted()
    let until = due.next()
    let standing = ServeStanding(
      activeRuns: runs, nextWake: until, pipelines: pipelines, waitingForRoom: waitingForRoom)
    return [.report(.standing(standing)), .wait(runs: runs, until: until)]
  }
}

/// How fast a controller that stays goes.
enum ServePace {
  /// How many pipelines are looked at in one goal.
  static let batch = 1000
  /// After a failure, or when the same pipeline has something to do again and again.
  static let retry = TimeSpan(seconds: 5)
  /// Rounds in a row with something to do for one pipeline, before it has to wait.
  static let rounds = 12
}

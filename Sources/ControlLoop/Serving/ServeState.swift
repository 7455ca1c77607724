import OrderedCollections
import PipelineModel
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
  /// Pipelines that a look came to nothing for, and until when their runs are not listened to: an end that could not be recorded would
  /// be told anew without a pause.
  var heldOff: [PipelineName: Timestamp] = [:]
  /// Whoever an engine had no place for, who has waited longest first.
  var waitingForRoom: [PipelineName] = []
  /// To be looked at next, whatever the time; first come, first served.
  var touched: OrderedSet<PipelineName> = []
  /// Everything is to be looked at next.
  var mustResync = false
  var hasRoom = false
  /// The latest reading that tells of manifests and was not taken up yet.
  var news: SourceNews?
  /// A later reading that came to nothing; what was read before it still counts.
  var outage: SourceNews?
  /// What came of a commit, and could not be recorded yet.
  var unrecorded: CommitRecord?
  var recordAt: Timestamp?
  /// What the clock showed last; one that was set back makes every instant to wait for a wrong one.
  var lastNow = Timestamp(milliseconds: .min)
  /// What could not be taken up is tried again then.
  var retryNewsAt: Timestamp?
  /// A look at everything that came to nothing is repeated then.
  var resyncAt: Timestamp?
  /// When the retention walk goes on.
  var tidyAt: Timestamp?
  /// A controller that begins has not read its manifests yet, which may have paused or moved what is due: its first look at everything,
  /// and every slot, waits for the first reading that tells of them, and not longer than until then.
  var firstLookAt: Timestamp?
  var ending: Bool?
  /// How often in a row a pipeline had something to do.
  var rounds: [PipelineName: Int] = [:]

  /// - Parameter source: how far a controller before this one has followed its source.
  public init(_ options: ServeOptions, source: SourceStatus? = nil) {
    self.options = options
    self.source = source
  }
}

/// What is under way.
enum ServePhase: Hashable, Sendable {
  case idle
  /// A goal for these pipelines; absent: for all.
  case looking([PipelineName]?)
  /// A goal for a commit, and what it wants as a whole.
  case applying(SourceNews, DesiredState, commit: String)
  case recording
  case tidying
  case waiting
  case finished
}

extension ServeState {
  /// The same, in place.
  package mutating func hear(_ event: ServeEvent) -> [ServeEffect] {
    switch event {
    case .began(let now):
      guard case .idle = phase else { return [] }
      firstLookAt = now + ServePace.firstReading
      tidyAt = firstLookAt
      return goOn(now)
    case .looked(let result, let now): return looked(result, now)
    case .noted(let error, let now):
      guard case .recording = phase else { return [] }
      unrecorded = error == nil ? nil : unrecorded
      recordAt = unrecorded.map { _ in now + ServePace.retry }
      return goOn(now)
    case .tidied(let isPassOver, let now):
      guard case .tidying = phase else { return [] }
      tidyAt = isPassOver ? now + ServePace.tidiedEvery : now
      return goOn(now)
    case .woke(let nudges, let now):
      guard case .waiting = phase else { return [] }
      for nudge in nudges { take(nudge) }
      return nudges.compactMap(\.jump).map { .report(.clockJumped($0)) } + goOn(now)
    }
  }

  private mutating func take(_ nudge: Nudge) {
    switch nudge {
    case .runsChanged: touched.append(contentsOf: active.keys.filter { heldOff[$0] == nil }.sorted())
    case .touched(let names): touched.append(contentsOf: names.sorted())
    case .source(let reading): take(in: reading)
    case .resync, .clockJumped: mustResync = true
    case .end(let drain):
      ending = ending.map { $0 && drain } ?? drain
      beginLooking()
    }
  }

  /// A newer reading takes the place of one that was not taken up yet; one that came to nothing, or found nothing new, does not.
  ///
  /// One that came to nothing does not end the wait for the first look either: what is due may be paused meanwhile.
  private mutating func take(in reading: SourceNews) {
    switch reading.found {
    case .unreadable: outage = reading
    case .unchanged:
      beginLooking()
      outage = nil
      news = news ?? reading
    case .manifests, .rejected, .rewritten:
      beginLooking()
      outage = nil
      news = reading
      retryNewsAt = nil
    }
  }

  private mutating func beginLooking() {
    guard firstLookAt != nil else { return }
    firstLookAt = nil
    mustResync = true
  }

  /// The next thing to do: end, take up a commit, look at everything, look at whoever is due, or wait.
  mutating func goOn(_ now: Timestamp) -> [ServeEffect] {
    if now < lastNow { mustResync = true }
    if let firstLookAt, firstLookAt <= now || now < lastNow { beginLooking() }
    lastNow = now
    if let drain = ending, !drain || active.isEmpty && touched.isEmpty && !mustResync {
      phase = .finished
      return [.report(.standing(standing(nextWake: nil))), .finish]
    }
    if ending == nil, let reading = news, retryNewsAt.map({ $0 <= now }) ?? true {
      news = nil
      retryNewsAt = nil
      return take(up: reading, now)
    }
    if ending == nil, let reading = outage {
      outage = nil
      return take(up: reading, now)
    }
    if let unrecorded, let recordAt, recordAt <= now {
      phase = .recording
      return [.record([.appendCommit(unrecorded)])]
    }
    if mustResync || resyncAt.map({ $0 <= now }) ?? false {
      mustResync = false
      resyncAt = nil
      return look(at: nil)
    }
    let names = whoIsNext(now)
    if !names.isEmpty { return look(at: names) }
    if ending == nil, let tidyAt, tidyAt <= now {
      phase = .tidying
      return [.tidy]
    }
    return wait(now)
  }

  private mutating func look(at names: [PipelineName]?) -> [ServeEffect] {
    phase = .looking(names)
    return [.pursue(goal(scope: names, desired: DesiredState()))]
  }

  /// A controller that is ending looks after runs, and begins nothing.
  ///
  /// - Parameter consents: by default to all that is ordered or scheduled; a request waits that nobody agreed to.
  func goal(
    scope: [PipelineName]?, desired: DesiredState, consents: ConsentGrant = ConsentGrant(Set(Consent.allCases))
  ) -> LoopGoal {
    LoopGoal(
      scope: scope, desired: desired, consents: consents, until: .planned,
      firesSlots: ending == nil && firstLookAt == nil,
      maxConcurrentRuns: ending == nil ? options.maxConcurrentRuns : 0, isUnattended: true,
      callsWithin: ServePace.calls)
  }

  /// Sorted. Those that wait for room are asked where there may be some, together with whoever may be about to make it: one that makes
  /// room by its own run's end must not take it before those that have waited longer.
  private mutating func whoIsNext(_ now: Timestamp) -> [PipelineName] {
    var names = Set(touched.prefix(ServePace.batch))
    touched.removeFirst(names.count)
    names.formUnion(due.take(at: now, limit: ServePace.batch))
    if hasRoom || names.contains(where: { active[$0] != nil }) {
      names.formUnion(waitingForRoom.prefix(ServePace.batch))
      hasRoom = false
    }
    return names.sorted()
  }

  private mutating func wait(_ now: Timestamp) -> [ServeEffect] {
    phase = .waiting
    heldOff = heldOff.filter { $0.value > now }
    let beginnings = ending == nil ? [news == nil ? nil : retryNewsAt, tidyAt, firstLookAt] : []
    let instants = [due.next(), resyncAt, recordAt, heldOff.values.min()] + beginnings
    let standing = standing(nextWake: instants.compactMap { $0 }.min())
    let runs = standing.activeRuns.filter { heldOff[$0.pipeline] == nil }
    return [.report(.standing(standing)), .wait(runs: runs, until: standing.nextWake)]
  }

  private func standing(nextWake: Timestamp?) -> ServeStanding {
    ServeStanding(activeRuns: active.values.joined().sorted(), nextWake: nextWake, waitingForRoom: waitingForRoom)
  }
}

extension Nudge {
  fileprivate var jump: TimeSpan? {
    switch self {
    case .clockJumped(let span): span
    case .runsChanged, .touched, .source, .resync, .end: nil
    }
  }
}

/// How fast a controller that stays goes.
enum ServePace {
  /// How many pipelines that were touched, are due, or wait for room, are looked at in one goal.
  static let batch = 1000
  /// How long the first look waits for the first reading of the manifests.
  static let firstReading = TimeSpan(seconds: 5)
  /// After a failure, or when the same pipeline has something to do again and again.
  static let retry = TimeSpan(seconds: 5)
  /// Between two passes over all pipelines that let go of what is kept no longer.
  static let tidiedEvery = TimeSpan(seconds: 600)
  /// An engine that could not be read, or knew nothing of a run.
  static let unavailable = TimeSpan(seconds: 15)
  /// A pipeline whose plan broke a law.
  static let faulty = TimeSpan(seconds: 60)
  /// Calls of remote engines, before others have their turn.
  static let calls = TimeSpan(seconds: 5)
  /// What somebody may change at an engine.
  static let elsewhere = TimeSpan(seconds: 60)
  /// Rounds in a row with something to do for one pipeline, before it has to wait.
  static let rounds = 12
}

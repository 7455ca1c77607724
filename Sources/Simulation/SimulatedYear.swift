import ControlLoop
import PipelineModel
public import StoreAPI
import EngineAPI
import Reconciler
import Scheduling

/// A long, quiet life of a controller that stays: hourly pipelines whose jobs end by themselves.
///
/// The loop, the planner and the store's rules are the real ones; the clock is not, and nothing is drawn at random. What a year costs
/// is what the decisions cost.
public struct SimulatedYear {
  /// What has come of it.
  public struct Outcome: Hashable, Sendable {
    public var slots = 0
    public var runs = 0
    /// How often the controller looked, and at how many pipelines altogether.
    public var looks = 0
    public var decisions = 0
    /// What must not be: slots without a run of their own, left out or decided twice, and runs beside another of their pipeline.
    public var problems: [String] = []
  }

  private static let dawn = Timestamp(seconds: 1_800_000_000)
  private static let hour = TimeSpan(seconds: 3600)

  private let store: any ControlStore
  private let pipelines: [PipelineName]
  private let end: Timestamp
  private var now = Self.dawn
  private var engine = PunctualEngine()
  private var outcome = Outcome()
  /// The slot that was decided last.
  private var latest: [PipelineName: Timestamp] = [:]
  private var tidied = 0
  /// Whether the manifests have been told of.
  private var isFound = false

  public init(pipelines: Int = 100, days: Int = 365, store: any ControlStore = MemoryStore()) {
    self.store = store
    self.pipelines = (1...pipelines).map { PipelineName("hourly-\($0)") }
    end = Self.dawn + TimeSpan(seconds: Int64(days) * 86_400)
  }

  /// - Throws: what the store throws.
  public mutating func live() throws(StoreError) -> Outcome {
    var state = ServeState(ServeOptions(maxConcurrentRuns: pipelines.count))
    var event: ServeEvent? = .began(now: now)
    while let heard = event {
      event = nil
      for effect in state.hear(heard) {
        if let answer = try perform(effect) { event = answer }
      }
    }
    demandEverySlot()
    return outcome
  }

  private mutating func perform(_ effect: ServeEffect) throws(StoreError) -> ServeEvent? {
    switch effect {
    case .pursue(let goal): return .looked(try pursue(goal), now: now)
    case .record(let changes):
      try commit(changes)
      return .noted(nil, now: now)
    case .tidy:
      try tidy()
      return .tidied(isPassOver: true, now: now)
    case .wait(_, let until): return .woke(wait(until), now: now)
    case .report, .finish: return nil
    }
  }

  /// Until something happens; at the beginning the manifests are found, at the end it is told to end.
  private mutating func wait(_ until: Timestamp?) -> [Nudge] {
    if !isFound {
      isFound = true
      return [.source(news)]
    }
    now = max(now, [until, engine.nextEnd, end].compactMap { $0 }.min() ?? end)
    if now >= end { return [.end(drain: true)] }
    let ended = engine.advance(to: now)
    return ended.isEmpty ? [] : [.touched(ended)]
  }

  private var news: SourceNews {
    let desired = DesiredState(pipelines: pipelines.map(hourly), sourceSets: [set], zones: .simulated)
    return SourceNews(source: set, readAt: now, found: .manifests(desired, environment: "", commit: "c1"))
  }

  private let set = SourceSet.path("/srv/manifests")

  private func hourly(_ name: PipelineName) -> DesiredPipeline {
    var pipeline = DesiredPipeline.sample(name, maxConcurrentRuns: pipelines.count)
    pipeline.spec.schedule = .slots(
      Schedule(
        cadence: .every(Self.hour, anchor: nil), timeZone: "UTC", missed: .skip, startDeadline: Self.hour,
        overlap: .skip,
        transitions: TransitionPolicy(gap: .shift, fold: .first)))
    return pipeline
  }

  // MARK: One goal

  private mutating func pursue(_ goal: LoopGoal) throws(StoreError) -> LoopResult {
    outcome.looks += 1
    var state = LoopState()
    var event = LoopEvent.begin(goal, now: now)
    while true {
      for effect in state.hear(event) {
        switch effect {
        case .lock: event = .locked(now: now)
        case .load(let query):
          var records = try store.records(query)
          records.zones = .simulated
          event = .loaded(records, now: now)
        case .observe: event = .observed([engine.observe(at: now)], now: now)
        case .commit(let changes):
          try commit(changes)
          event = .committed(now: now)
        case .execute(let operation): event = .answered(operation.id, execute(operation), now: now)
        case .retire(let run, _):
          engine.retire(run)
          event = .retired(run)
        case .wait: event = .woke(now: now)
        case .unlock, .report: continue
        case .finish(let result):
          outcome.decisions += result.standing?.decisions.count ?? 0
          if result.outcome != .done { outcome.problems.append("a goal came to \(result.outcome)") }
          return result
        }
      }
    }
  }

  private mutating func execute(_ operation: Operation) -> OperationAnswer {
    guard case .start(let order) = operation.effect else { return .done }
    if !engine.start(order, at: now) { outcome.problems.append("\(order.run) is started beside another run") }
    outcome.runs += 1
    return .done
  }

  // MARK: The records

  private mutating func commit(_ changes: [StateChange]) throws(StoreError) {
    try store.commit(changes)
    for case .putSlot(let slot) in changes { note(slot) }
  }

  private mutating func note(_ slot: SlotRecord) {
    outcome.slots += 1
    if let before = latest[slot.pipeline], slot.instant != before + Self.hour {
      outcome.problems.append("\(slot.pipeline): after the slot of \(before) that of \(slot.instant) is decided")
    }
    latest[slot.pipeline] = slot.instant
    if case .ran = slot.outcome { return }
    outcome.problems.append("\(slot.pipeline): the slot of \(slot.instant) came to \(slot.outcome)")
  }

  /// One pipeline after the other, as the time goes by.
  private mutating func tidy() throws(StoreError) {
    let name = pipelines[tidied % pipelines.count]
    tidied += 1
    try store.drop([whatToDrop(try store.past(of: name, window: 32), .standard, now: now)])
  }

  private mutating func demandEverySlot() {
    for name in pipelines where latest[name].map({ $0 + Self.hour < end }) ?? true {
      outcome.problems.append("\(name): nothing was decided after \(latest[name]?.description ?? "the beginning")")
    }
    if outcome.runs != outcome.slots {
      outcome.problems.append("\(outcome.slots) slots came to \(outcome.runs) runs")
    }
  }
}

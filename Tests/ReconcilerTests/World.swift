import PipelineModel
import Reconciler
import Testing

/// The records of a state folder with an engine that answers at once, to try policies without the loop.
struct World {
  var stored = StoredState()
  var reports: [RunReport] = []
  /// That answers, and that its pipelines are on.
  var engine = EngineName.local
  var unavailable: String?
  /// The definitions that it holds.
  var held: [HeldDefinition] = []
  var unreadable: [UnreadableRun] = []
  var now = World.dawn
  /// Whether the planner is asked by a controller that stays.
  var firesSlots = false
  var maxConcurrentRuns: Int?
  /// Whether nobody can be asked.
  var isUnattended = false
  /// The outcomes of slots, as recorded; the first one of each counts.
  var slots: [SlotRecord] = []

  static let dawn = Timestamp(seconds: 1_795_240_800)

  static let set = SourceSet.path("/repo/pipelines")

  static func pipeline(
    _ name: String = "orders", set: SourceSet = World.set, isProtected: Bool = false,
    change: (inout PipelineSpec) -> Void = { _ in }
  ) -> DesiredPipeline {
    let source = Connection(name: "shop", connector: .executable("tap-postgres"), config: [])
    let destination = Connection(name: "lake", connector: .builtin("jsonl"), config: [])
    let work = Work.replication(Replication(source: source, destination: destination, streams: .all))
    var spec = PipelineSpec(work: work)
    change(&spec)
    return DesiredPipeline(name: PipelineName(name), isProtected: isProtected, spec: spec, sourceSet: set)
  }

  static func job(
    _ id: String, _ action: JobAction = .start(StartOptions()), expireAfter: TimeSpan? = nil
  ) -> JobRequest {
    JobRequest(request: RequestID(id), action: action, expireAfter: expireAfter)
  }

  var answers: [EngineAnswer] {
    let observation: EngineObservation =
      unavailable.map { .unavailable($0, at: now) }
      ?? .complete(Revision("r\(reports.count)"), at: now, runs: reports, unreadable: unreadable)
    return [EngineAnswer(engine: engine, observation: observation, held: held)]
  }

  /// What the planner says to these manifests, once everything observed is recorded.
  mutating func plan(
    _ desired: [DesiredPipeline] = [], sets: [SourceSet] = [], prune: PruneLimit? = nil, adopts: Bool = false
  ) -> Plan {
    let absorption = absorb(answers, into: stored, now: now)
    commit(absorption.changes)
    precondition(stored == absorption.stored, "the absorption's records are not those with its changes")
    reports.removeAll { report in absorption.retire.contains { $0.run == report.run } }
    let wanted = DesiredState(pipelines: desired, sourceSets: sets, prune: prune, adopts: adopts)
    let observed = ObservedState(stored: stored, engines: absorption.engines)
    let plan = makePlan(
      scope: nil, desired: wanted, observed: observed, openIntents: stored.intents, ledger: stored.requests,
      firesSlots: firesSlots, maxConcurrentRuns: maxConcurrentRuns, isUnattended: isUnattended, now: now)
    let violations = checkLaws(
      of: plan, desired: wanted, observed: observed, openIntents: stored.intents, ledger: stored.requests)
    #expect(violations.isEmpty)
    return plan
  }

  private mutating func commit(_ changes: [StateChange]) {
    stored = stored.applying(changes)
    for case .putSlot(let slot) in changes {
      precondition(!slots.contains { $0.pipeline == slot.pipeline && $0.instant == slot.instant }, "twice: \(slot)")
      slots.append(slot)
    }
  }

  /// Carries a plan out; `answer` is what the engine says to each operation that calls it.
  mutating func carryOut(_ plan: Plan, answer: (Operation) -> OperationAnswer = { _ in .done }) {
    commit(plan.bookkeeping)
    commit(intentChanges(for: plan.operations, stored: stored, now: now))
    for operation in plan.operations where operation.effect.callsEngine {
      let said = answer(operation)
      if said == .done { act(operation) }
      commit(settlementChanges(for: operation, answer: said, stored: stored, now: now))
    }
  }

  /// Dies on the way: with or without the intents recorded, the engines called or not, and nothing settled.
  mutating func crash(_ plan: Plan, recorded: Bool, called: Bool) {
    guard recorded else { return }
    commit(plan.bookkeeping)
    commit(intentChanges(for: plan.operations, stored: stored, now: now))
    for operation in plan.operations where called { act(operation) }
  }

  /// Lets a pipeline go by command.
  mutating func carryOut(forgetting name: String) {
    let generation = record(name)?.generation ?? 0
    let forget = forgetOperation(PipelineName(name), generation: generation, reason: "asked for")
    commit(intentChanges(for: [forget], stored: stored, now: now))
  }

  private mutating func act(_ operation: Operation) {
    let now = now
    switch operation.effect {
    case .start(let order):
      reports.removeAll { $0.run == order.run }
      reports.append(
        RunReport(run: order.run, status: .active(.extract), attempt: order.attempt, startedAt: now, order: order))
    case .stop(let order):
      report(order.run) { $0.status = .stopping(StopProgress(kind: order.kind, step: .delivered, since: now)) }
    case .write, .configure, .forget, .settle: return
    }
  }

  mutating func report(_ run: RunID, _ change: (inout RunReport) -> Void) {
    guard let index = reports.firstIndex(where: { $0.run == run }) else { return }
    change(&reports[index])
  }

  /// Plans and carries out until nothing is left to do.
  @discardableResult
  mutating func apply(_ desired: [DesiredPipeline] = [], sets: [SourceSet] = []) -> [Operation] {
    var done: [Operation] = []
    for _ in 0..<10 {
      let plan = plan(desired, sets: sets)
      carryOut(plan)
      guard !plan.operations.isEmpty else { return done }
      done += plan.operations
    }
    Issue.record("it does not converge: \(done.map(\.id))")
    return done
  }

  mutating func end(_ run: RunID, _ outcome: RunOutcome) {
    let now = now
    report(run) {
      $0.status = .ended(outcome)
      $0.endedAt = now
    }
  }

  func result(of id: String, in pipeline: String = "orders") -> RequestResult? {
    request(id, in: pipeline)?.state.result
  }

  func request(_ id: String, in pipeline: String = "orders") -> RequestRecord? {
    stored.requests.first { $0.key == RequestKey(PipelineName(pipeline), RequestID(id)) }
  }

  func record(_ name: String = "orders") -> PipelineRecord? {
    stored.pipelines.first { $0.name == PipelineName(name) }
  }
}

extension Plan {
  var ids: [String] { operations.map(\.id.text) }
}

let firstRun = RunID(pipeline: PipelineName("orders"), number: 1)
let secondRun = RunID(pipeline: PipelineName("orders"), number: 2)

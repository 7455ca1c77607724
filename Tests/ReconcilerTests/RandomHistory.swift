import SeededRandom
import PipelineModel
import Reconciler

/// A world in which everything happens at random, and its judge.
struct RandomHistory {
  private var random: SplitMix64
  private var world = World()
  private var manifests: [String: DesiredPipeline] = [:]
  private var requests = 0
  private(set) var problems: [String] = []
  private(set) var trace: [String] = []
  private var results: [RequestKey: RequestResult] = [:]
  private let names = ["a", "b", "c"]

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func step() {
    world.now = world.now + TimeSpan(milliseconds: Int64.random(in: 0...20_000, using: &random))
    if chance(15) { world.unavailable = world.unavailable == nil ? "away" : nil }
    if chance(60) { edit(pick(names)) }
    if chance(50) { progress() }
    round(crashing: chance(25))
  }

  /// Everything becomes available and every run ends: then nothing may be left to do.
  mutating func finish() {
    world.unavailable = nil
    for _ in 0..<40 {
      for report in world.reports { world.end(report.run, .succeeded) }
      world.now = world.now + TimeSpan(seconds: 100)
      round(crashing: false)
    }
    let plan = planned()
    if !plan.operations.isEmpty { problems.append("it never settles: \(plan.ids)") }
    for request in world.stored.requests where request.state.result == nil {
      problems.append("\(request.key) has no result: \(request.state)")
    }
    for run in world.stored.runs where run.isActive { problems.append("\(run.id) never ends: \(run.report.status)") }
  }

  private mutating func round(crashing: Bool) {
    let plan = planned()
    trace.append("\(world.now) \(world.unavailable ?? "") \(plan.ids) \(plan.decisions.map(\.reason))")
    judgeOrder(of: plan)
    let before = world.stored
    if crashing {
      let recorded = chance(50)
      world.crash(plan, recorded: recorded, called: recorded && chance(50))
      trace.append("  crashed")
    } else {
      let answers = plan.operations.map { (_: Operation) in answer() }
      let said = Dictionary(zip(plan.operations.map(\.id), answers), uniquingKeysWith: { first, _ in first })
      trace.append("  \(said)")
      world.carryOut(plan) { said[$0.id] ?? .done }
    }
    judgeResults()
    judgeStops(before: before, plan)
    if plan.operations.isEmpty, !crashing { judgeSleep() }
  }

  private mutating func planned() -> Plan {
    world.plan(names.compactMap { manifests[$0] }, sets: [World.set])
  }

  private mutating func answer() -> OperationAnswer {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .unavailable("busy")
    case 1: .uncertain("timed out")
    default: .done
    }
  }

  private mutating func edit(_ name: String) {
    requests += 1
    let id = chance(70) ? "r\(requests)" : "r\(Int.random(in: 0...requests, using: &random))"
    let action = action()
    let expires = chance(30) ? TimeSpan(seconds: 30) : nil
    let job = World.job(id, action, expireAfter: expires)
    trace.append("\(name) asks \(id) \(action.verb)")
    if chance(40), let record = world.record(name), !record.isForgotten {
      let key = RequestKey(PipelineName(name), RequestID(id))
      guard world.request(id, in: name) == nil else { return }
      let request = RequestRecord(
        key: key, job: job, origin: .command(by: "me"), recordedAt: world.now, state: .pending(behind: nil))
      world.stored = world.stored.applying([.putRequest(request)])
    } else if chance(10) {
      manifests[name] = nil
    } else {
      let attempts = Int.random(in: 1...3, using: &random)
      manifests[name] = World.pipeline(name) {
        $0.mode = .continuous
        $0.job = job
        $0.retry = RetryPolicy(attempts: attempts, backoff: TimeSpan(seconds: 10))
        $0.engine.maxConcurrentRuns = 2
      }
    }
  }

  private mutating func action() -> JobAction {
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: .cancel
    case 2: .complete
    default: .start(StartOptions(ifRunning: pick(ConflictPolicy.allCases)))
    }
  }

  /// Something happens to a run by itself.
  private mutating func progress() {
    guard let run = world.reports.map(\.run).randomElement(using: &random) else { return }
    let now = world.now
    switch Int.random(in: 0..<6, using: &random) {
    case 0: world.end(run, .lost)
    case 1: world.reports.removeAll { $0.run == run }
    case 2: world.report(run) { if !$0.status.isEnded { $0.status = .unconfirmed(since: now) } }
    case 3: world.report(run) { if case .active = $0.status { $0.status = .active(.cdc) } }
    default:
      world.report(run) {
        if case .stopping(let progress) = $0.status {
          $0.status = .ended(progress.kind == .cancel ? .cancelled : .completed)
        } else if !$0.status.isEnded {
          $0.status = .ended(.succeeded)
        }
        $0.endedAt = now
      }
    }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }
}

extension RandomHistory {
  /// The same plan whatever the order of the inputs.
  private mutating func judgeOrder(of plan: Plan) {
    let wanted = DesiredState(
      pipelines: names.compactMap { manifests[$0] }.shuffled(using: &random), sourceSets: [World.set])
    let engines = absorb(world.answers, into: world.stored, now: world.now).engines
    var observed = ObservedState(stored: world.stored, engines: engines.shuffled(using: &random))
    observed.pipelines.shuffle(using: &random)
    observed.runs.shuffle(using: &random)
    var other = makePlan(
      scope: nil, desired: wanted, observed: observed, openIntents: world.stored.intents.shuffled(using: &random),
      ledger: world.stored.requests.shuffled(using: &random), now: world.now)
    other.basis.revisions = plan.basis.revisions
    if other != plan { problems.append("the order of the inputs matters: \(plan.ids) and \(other.ids)") }
  }

  /// A result is recorded once, and never becomes another one.
  private mutating func judgeResults() {
    for request in world.stored.requests {
      if let known = results[request.key], request.state.result != known {
        problems.append("\(request.key) was \(known), and is \(request.state)")
      }
      results[request.key] = request.state.result
    }
  }

  /// No attempt of a run begins once a cancel aims at it.
  private mutating func judgeStops(before: StoredState, _ plan: Plan) {
    for operation in plan.operations {
      guard case .start(let order) = operation.effect else { continue }
      let isCancelled = before.requests.contains {
        $0.state == .acting(order.run) && $0.job.action == .cancel
      }
      if isCancelled { problems.append("\(operation.id) after a cancel") }
    }
  }

  /// Nothing is to be done before the instant at which the plan wants to be asked again.
  private mutating func judgeSleep() {
    let now = world.now
    let wake = planned().wakeAt ?? now + TimeSpan(seconds: 1_000_000)
    let last = max(now, Timestamp(milliseconds: wake.milliseconds - 1))
    let middle = Timestamp(milliseconds: (now.milliseconds + last.milliseconds) / 2)
    for instant in [now, middle, last] {
      world.now = instant
      let plan = planned()
      if !plan.operations.isEmpty { problems.append("\(plan.ids) at \(instant), before \(wake)") }
      if !plan.bookkeeping.isEmpty { problems.append("\(plan.bookkeeping) at \(instant), before \(wake)") }
    }
    world.now = now
  }
}

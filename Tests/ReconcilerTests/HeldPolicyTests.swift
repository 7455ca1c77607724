import PipelineModel
import Testing

@testable import Reconciler

/// What is seen of the objects that pipelines stand for: changes under our feet, holds, and the jobs of others.
@Suite struct HeldPolicyTests {
  private let engine = EngineSpec(name: EngineName("far"), type: "acme")
  private let hourly = Cadence.every(TimeSpan(seconds: 3600), anchor: nil)
  private let daily = Cadence.every(TimeSpan(seconds: 86_400), anchor: nil)
  private let start = Timestamp(seconds: 1_790_000_000)

  private func record(_ schedule: Cadence? = nil) -> PipelineRecord {
    let setting = schedule.map {
      ScheduleSetting.slots(
        Schedule(
          cadence: $0, timeZone: "UTC", missed: .skip, startDeadline: TimeSpan(seconds: 3600), overlap: .skip,
          transitions: TransitionPolicy()))
    }
    let spec = PipelineSpec(engine: engine, work: .remote(id: "4711"), schedule: setting ?? .unmanaged)
    let desired = DesiredPipeline(name: PipelineName("shop"), spec: spec, sourceSet: .path("/p"))
    return PipelineRecord(applied: desired, generation: 1, createdAt: start, appliedAt: start)
  }

  /// The state after a look so many seconds later.
  private func looked(
    _ stored: StoredState, after seconds: Int64, _ held: HeldDefinition, others: [HeldDefinition] = []
  ) -> StoredState {
    let now = start + TimeSpan(seconds: seconds)
    let answer = EngineAnswer(
      engine: engine.name, observation: .complete(Revision("r"), at: now, runs: []), held: [held] + others)
    let changes = absorb([answer], into: stored, now: now).changes
    let next = stored.applying(changes)
    #expect(
      absorb([answer], into: next, now: now + TimeSpan(seconds: 1)).changes == [], "the same look changes nothing")
    return next
  }

  private func held(_ cadence: Cadence, isPaused: Bool = false, hold: String? = nil, run: ForeignRun? = nil)
    -> HeldDefinition
  {
    HeldDefinition(id: "4711", schedule: .cadence(cadence), isPaused: isPaused, hold: hold, lastForeignRun: run)
  }

  private func plan(_ stored: StoredState, _ held: HeldDefinition, at seconds: Int64) -> Plan {
    let availability = EngineAvailability(engine: engine.name, answer: .complete(Revision("r")), held: [held])
    return makePlan(
      scope: nil, desired: DesiredState(), observed: ObservedState(stored: stored, engines: [availability]),
      openIntents: [], ledger: [], now: start + TimeSpan(seconds: seconds))
  }

  @Test func `a start of what starts nothing on demand is refused in the plan, with the reason that the engine shows`()
    throws
  {
    func decision(_ stated: Bool?, _ shown: String?) throws -> Effect {
      var pipeline = record()
      pipeline.applied.spec.startsOnDemand = stated
      var definition = held(hourly)
      definition.startsNone = shown
      let request = RequestRecord(
        key: RequestKey(PipelineName("shop"), RequestID("now")),
        job: JobRequest(request: RequestID("now"), action: .start(StartOptions())), origin: .manifest,
        recordedAt: start, state: .pending(behind: nil))
      let availability = EngineAvailability(engine: engine.name, answer: .complete(Revision("r")), held: [definition])
      let plan = makePlan(
        scope: nil, desired: DesiredState(),
        observed: ObservedState(
          stored: StoredState(pipelines: [pipeline], requests: [request]), engines: [availability]),
        openIntents: [], ledger: [request], now: start)
      return try #require(plan.operations.first).effect
    }
    guard case .settle(let refused) = try decision(nil, "its data is pushed to it") else {
      Issue.record("it is started")
      return
    }
    #expect(refused.state.result == .refused(.engine("its data is pushed to it")))
    // What a manifest states counts before what is shown; what nobody knows is tried.
    for (stated, shown) in [(true, "its data is pushed to it"), (nil, nil)] as [(Bool?, String?)] {
      guard case .start = try decision(stated, shown) else {
        Issue.record("it is refused")
        continue
      }
    }
  }

  @Test func `what somebody changes and nobody declares is told with the time at which it was first seen`() {
    var state = looked(StoredState(pipelines: [record()]), after: 0, held(hourly))
    #expect(state.pipelines[0].held?.drift == [])
    state = looked(state, after: 60, held(daily, isPaused: true))
    let seen = start + TimeSpan(seconds: 60)
    let drift = [
      Drift(.schedule, before: "every 1h", after: "every 1d", seenAt: seen),
      Drift(.paused, before: "false", after: "true", seenAt: seen),
    ]
    #expect(state.pipelines[0].held?.drift == drift)
    state = looked(state, after: 120, held(daily, isPaused: true))
    #expect(state.pipelines[0].held?.drift == drift, "it is not seen anew")
    let plan = plan(state, held(daily, isPaused: true), at: 180)
    #expect(plan.operations == [])
    #expect(plan.warnings == drift.map { .drifted(PipelineName("shop"), engine.name, $0, isNew: false) })
    state = looked(state, after: 240, held(hourly, isPaused: true))
    #expect(state.pipelines[0].held?.drift.map(\.field) == [.paused], "what is as it was is over")
  }

  @Test func `what somebody changes and the manifest declares is written back, and says since when`() throws {
    var state = looked(StoredState(pipelines: [record(hourly)]), after: 0, held(hourly))
    state = looked(state, after: 60, held(daily))
    let plan = plan(state, held(daily), at: 61)
    let operation = try #require(plan.operations.first)
    #expect(operation.verb == "write-settings")
    #expect(operation.reason.contains("somebody changed `schedule` there, first seen \(start + TimeSpan(seconds: 60))"))
    #expect(plan.warnings == [])
    state = looked(state, after: 62, held(hourly))
    #expect(state.pipelines[0].held?.drift == [])
  }

  @Test func `a manifest that wants something new is no change under our feet`() throws {
    let state = looked(StoredState(pipelines: [record(daily)]), after: 0, held(hourly))
    #expect(state.pipelines[0].held?.drift == [])
    let operation = try #require(plan(state, held(hourly), at: 1).operations.first)
    #expect(!operation.reason.contains("somebody"))
    #expect(looked(state, after: 2, held(daily)).pipelines[0].held?.drift == [])
  }

  @Test func `a hold of the engine's own is another thing than a pause, and is not written`() {
    var state = looked(StoredState(pipelines: [record(hourly)]), after: 0, held(hourly))
    state = looked(state, after: 60, held(hourly, hold: "it has paused it itself"))
    state = looked(state, after: 120, held(hourly, hold: "it has paused it itself"))
    #expect(state.pipelines[0].held?.holdSeenAt == start + TimeSpan(seconds: 60))
    #expect(plan(state, held(hourly, hold: "it has paused it itself"), at: 121).operations == [])
    #expect(looked(state, after: 180, held(hourly)).pipelines[0].held?.holdSeenAt == nil)
  }

  @Test func `an object that was never there is told before anything is recorded`() {
    var other = held(hourly)
    other.id = "4712"
    let plan = plan(StoredState(pipelines: [record(daily)]), other, at: 0)
    #expect(plan.operations == [])
    #expect(plan.warnings == [.missing(PipelineName("shop"), engine.name, "4711")])
    let state = looked(StoredState(pipelines: [record(daily)]), after: 0, other)
    #expect(state.pipelines[0].held?.goneSeenAt == start)
    #expect(looked(state, after: 60, held(hourly)).pipelines[0].held == HeldRecord(definition: held(hourly)))
  }

  @Test func `an object that is gone is told, and forgiven when it is back`() {
    var other = held(hourly)
    other.id = "4712"
    var state = looked(StoredState(pipelines: [record()]), after: 0, held(hourly))
    state = looked(state, after: 60, other)
    #expect(state.pipelines[0].held?.goneSeenAt == start + TimeSpan(seconds: 60))
    #expect(looked(state, after: 120, held(hourly)).pipelines[0].held?.goneSeenAt == nil)
  }

  @Test func `a job of somebody else is recorded once, as a run`() throws {
    func run(_ id: String, at seconds: Int64) -> ForeignRun {
      ForeignRun(
        id: id, startedAt: start + TimeSpan(seconds: seconds), endedAt: start + TimeSpan(seconds: seconds + 10),
        outcome: .succeeded)
    }
    var state = looked(StoredState(pipelines: [record()]), after: 0, held(hourly))
    state = looked(state, after: 60, held(hourly, run: run("a", at: 40)))
    state = looked(state, after: 120, held(hourly, run: run("a", at: 40)))
    state = looked(state, after: 180, held(hourly, run: run("b", at: 150)))
    let last = try #require(state.runs.last)
    #expect(last.id.number == 2)
    #expect(last.order.trigger == .external)
    #expect(last.report.status == .ended(.succeeded))
    #expect(last.report.endedAt == start + TimeSpan(seconds: 160))
    // What is older than what is known was ours, or is known.
    state = looked(state, after: 240, held(hourly, run: run("c", at: 100)))
    #expect(state.pipelines[0].lastRunNumber == 2)
  }
}

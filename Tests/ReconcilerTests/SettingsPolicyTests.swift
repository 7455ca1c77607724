import PipelineModel
import Testing

@testable import Reconciler

/// What is declared of an object that an engine holds is written there where it differs, and nowhere else.
@Suite struct SettingsPolicyTests {
  private let now = Timestamp(seconds: 1_790_000_000)
  private let engine = EngineSpec(name: EngineName("far"), type: "acme")
  private let hourly = Cadence.every(TimeSpan(seconds: 3600), anchor: nil)

  private func record(schedule: Cadence?, paused: PauseSetting = .unmanaged) -> PipelineRecord {
    let setting = schedule.map {
      ScheduleSetting.slots(
        Schedule(
          cadence: $0, timeZone: "UTC", missed: .skip, startDeadline: TimeSpan(seconds: 3600), overlap: .skip,
          transitions: TransitionPolicy()))
    }
    let spec = PipelineSpec(
      engine: engine, work: .remote(id: "4711"), schedule: setting ?? .unmanaged, paused: paused)
    let desired = DesiredPipeline(name: PipelineName("shop"), spec: spec, sourceSet: .path("/p"))
    return PipelineRecord(applied: desired, generation: 3, createdAt: now, appliedAt: now)
  }

  private func plan(
    _ record: PipelineRecord, held: [HeldDefinition], isAvailable: Bool = true, intents: [Intent] = []
  ) -> Plan {
    let availability = EngineAvailability(
      engine: engine.name, answer: isAvailable ? .complete(Revision("r")) : .unavailable("away"), held: held)
    return makePlan(
      scope: nil, desired: DesiredState(),
      observed: ObservedState(pipelines: [record], runs: [], engines: [availability]), openIntents: intents, ledger: [],
      now: now)
  }

  private func held(_ schedule: HeldSchedule, isPaused: Bool = false, id: String = "4711") -> HeldDefinition {
    HeldDefinition(id: id, schedule: schedule, isPaused: isPaused)
  }

  @Test func `what is as declared is left alone`() {
    let anchored = Cadence.every(TimeSpan(seconds: 3600), anchor: now)
    let declared = record(schedule: hourly, paused: .active)
    for there in [held(.cadence(hourly)), held(.cadence(anchored))] {
      #expect(plan(declared, held: [there]).operations == [])
    }
  }

  @Test func `what nobody declares stays as it is`() {
    #expect(plan(record(schedule: nil), held: [held(.other("0 0 6 L * ?"), isPaused: true)]).operations == [])
  }

  @Test func `the slots of an engine that holds the schedule are nobody's, also when its pipeline goes`() {
    let gone = record(schedule: hourly)
    let stays = DesiredPipeline(
      name: PipelineName("stays"), spec: PipelineSpec(engine: engine, work: .remote(id: "4712")), sourceSet: .path("/p")
    )
    let desired = DesiredState(
      pipelines: [stays], sourceSets: [.path("/p")], prune: PruneLimit(objects: 10, percent: 100))
    let availability = EngineAvailability(engine: engine.name, answer: .complete(Revision("r")))
    let plan = makePlan(
      scope: nil, desired: desired, observed: ObservedState(pipelines: [gone], runs: [], engines: [availability]),
      openIntents: [], ledger: [], firesSlots: true, now: now + TimeSpan(seconds: 4 * 3600))
    #expect(plan.operations.map(\.verb).contains("forget"))
    #expect(plan.bookkeeping == [])
  }

  @Test func `what differs is written, and says what it changes`() throws {
    let plan = plan(record(schedule: hourly, paused: .active), held: [held(.none, isPaused: true)])
    let operation = try #require(plan.operations.first)
    #expect(plan.operations.count == 1)
    #expect(operation.dataEffect == .none)
    #expect(
      operation.changes == [
        FieldChange(path: "remote.schedule", before: nil, after: "every 1h"),
        FieldChange(path: "remote.paused", before: "true", after: "false"),
      ])
    guard case .write(let order) = operation.effect else { throw NoWrite() }
    #expect(order.schedule?.cadence == hourly)
    #expect(order.isPaused == false)
  }

  @Test func `no schedule is written where none is declared, and left alone where nobody says`() throws {
    var declared = record(schedule: nil)
    #expect(plan(declared, held: [held(.cadence(hourly))]).operations == [])
    declared.applied.spec.schedule = .none
    let operation = try #require(plan(declared, held: [held(.cadence(hourly))]).operations.first)
    guard case .write(let order) = operation.effect else { throw NoWrite() }
    #expect(order.endsSchedule && order.schedule == nil)
    #expect(operation.changes == [FieldChange(path: "remote.schedule", before: "every 1h", after: nil)])
    #expect(plan(declared, held: [held(.none)]).operations == [])
  }

  @Test func `a pause that is to end the run says so, and what is lost with it`() throws {
    let details = PauseDetails(cancelsRun: true)
    let operation = try #require(
      plan(record(schedule: nil, paused: .paused(details)), held: [held(.none)]).operations.first)
    guard case .write(let order) = operation.effect else { throw NoWrite() }
    #expect(order.isPaused == true && order.cancelsRun)
    #expect(operation.dataEffect == .cancelsRun)
    #expect(operation.reason.contains("thrown away"))
    #expect(
      plan(record(schedule: nil, paused: .paused(details)), held: [held(.none, isPaused: true)]).operations == [])
  }

  @Test func `a pause by command counts until it ends`() throws {
    var paused = record(schedule: nil)
    paused.held = HeldRecord(definition: held(.none))
    paused.override = PauseOverride(
      isPaused: true, reason: nil, by: "me", since: now, until: now + TimeSpan(seconds: 60))
    guard case .write(let order)? = plan(paused, held: [held(.none)]).operations.first?.effect else { throw NoWrite() }
    #expect(order.isPaused == true)
    #expect(order.schedule == nil)
    #expect(plan(paused, held: [held(.none, isPaused: true)]).wakeAt == now + TimeSpan(seconds: 60))
  }

  @Test func `what a pause by command changed goes back when that is over, unless the manifest says something`() throws
  {
    var paused = record(schedule: nil)
    paused.override = PauseOverride(isPaused: true, reason: nil, by: "me", since: now, until: nil)
    paused.held = HeldRecord(definition: held(.none))
    let operation = try #require(plan(paused, held: [held(.none)]).operations.first)
    let stored = StoredState(pipelines: [paused])
    let intended = stored.applying(intentChanges(for: [operation], stored: stored, now: now))
    // Known before anything is sent, and not forgotten where it is written again.
    var known = try #require(intended.pipelines.first)
    #expect(known.held?.pauseBefore == false)
    known.held = known.seeing(held(.none, isPaused: true), id: "4711", at: now)
    #expect(known.held?.pauseBefore == false)
    known.override = nil
    let back = try #require(plan(known, held: [held(.none, isPaused: true)]).operations.first)
    #expect(back.changes == [FieldChange(path: "remote.paused", before: "true", after: "false")])
    #expect(back.reason.contains("by command"))
    #expect(known.seeing(held(.none), id: "4711", at: now).pauseBefore == nil)
    #expect(known.seeing(held(.none), id: "4711", at: now).drift == [])
    // What git said last counts from then on, also when it says nothing again.
    var declared = known.applied
    declared.spec.paused = .paused(PauseDetails())
    let configuration = Configuration(
      verb: .pause, desired: declared, generation: 4, staleBookmarks: .streams([]), needsDiscovery: false)
    #expect(configuration.applied(to: known, at: now).held?.pauseBefore == true)
  }

  @Test(arguments: [true, false])
  func `what was so before a pause by command is kept for that object alone, and not beyond a delete`(isMoved: Bool)
    throws
  {
    var known = record(schedule: nil)
    known.held = HeldRecord(definition: held(.none, isPaused: true), pauseBefore: false)
    var desired = known.applied
    if isMoved { desired.spec.work = .remote(id: "4712") } else { known.lifecycle = .forgotten(at: now) }
    let id = isMoved ? "4712" : "4711"
    let configuration = Configuration(
      verb: .update, desired: desired, generation: 4, staleBookmarks: .streams([]), needsDiscovery: false)
    var next = configuration.applied(to: known, at: now)
    #expect(plan(next, held: [held(.none, isPaused: true, id: id)]).operations == [], "somebody else had paused it")
    next.override = PauseOverride(isPaused: true, reason: nil, by: "me", since: now, until: nil)
    #expect(plan(next, held: [held(.none, id: id)]).operations == [], "it is looked at first")
    next.held = next.seeing(held(.none, id: id), id: id, at: now)
    let operation = try #require(plan(next, held: [held(.none, id: id)]).operations.first)
    let stored = StoredState(pipelines: [next])
    let intended = stored.applying(intentChanges(for: [operation], stored: stored, now: now))
    #expect(intended.pipelines.first?.held?.pauseBefore == false)
  }

  @Test func `what was not read justifies nothing`() {
    let declared = record(schedule: hourly)
    #expect(plan(declared, held: [held(.none)], isAvailable: false).operations == [])
    #expect(plan(declared, held: [held(.none, id: "4712")]).operations == [])
  }

  @Test func `an answer that was lost is followed by a look, and by a write where it still differs`() throws {
    let declared = record(schedule: hourly)
    let operation = try #require(plan(declared, held: [held(.none)]).operations.first)
    let intent = Intent(operation: operation, recordedAt: now, state: .uncertain("timed out", at: now))
    #expect(plan(declared, held: [held(.none)], intents: [intent]).operations == [])
    let stored = StoredState(pipelines: [declared], intents: [intent])
    let answer = EngineAnswer(
      engine: engine.name, observation: .complete(Revision("r"), at: now, runs: []), held: [held(.none)])
    let absorbed = absorb([answer], into: stored, now: now)
    #expect(stored.applying(absorbed.changes).intents.filter(\.state.isOpen) == [])
    #expect(absorbed.engines.first?.held == [held(.none)])
  }

  @Test func `cron expressions are compared by what they mean`() {
    func cron(_ days: UInt64, _ weekdays: UInt64, _ restricts: (Bool, Bool)) -> CronExpression {
      CronExpression(
        text: "\(days)", minutes: 1, hours: 1, days: days, months: 0x1FFE, weekdays: weekdays,
        restrictsDays: restricts.0, restrictsWeekdays: restricts.1)
    }
    let odd: UInt64 = 0xAAAA_AAAA
    #expect(cron(odd, 0x7F, (false, false)).means(cron(odd, 0x7F, (true, false))))
    #expect(!cron(odd, 0x3E, (false, true)).means(cron(odd, 0x3E, (true, true))))
    let all: UInt64 = 0xFFFF_FFFE
    #expect(!cron(all, 0x3E, (true, true)).means(cron(all, 0x3E, (false, true))), "every day, or some weekdays")
    #expect(cron(all, 0x7F, (true, true)).means(cron(all, 0x7F, (false, false))))
    #expect(!cron(odd, 0x7F, (true, false)).means(cron(0xFFFF_FFFE, 0x7F, (true, false))))
  }

  private struct NoWrite: Error {}
}

import PipelineModel
import Testing

@testable import PipectlCommands

struct SlotFactTests {
  /// A slot each 100 seconds, beginning at the sample's first instant.
  private func record(_ overlap: OverlapPolicy = .queue, paused: PauseSetting = .unmanaged) -> PipelineRecord {
    let schedule = Schedule(
      cadence: .every(TimeSpan(seconds: 100), anchor: Sample.at(0)), timeZone: "UTC", missed: .runOnce,
      startDeadline: TimeSpan(seconds: 500), overlap: overlap,
      transitions: TransitionPolicy(gap: .shift, fold: .first))
    return Sample.record(Sample.spec(schedule: .slots(schedule), paused: paused))
  }

  private func facts(_ record: PipelineRecord) -> PipelineFacts {
    var facts = Sample.facts(record)
    facts.slots.clock = SlotClock([record.applied], now: facts.now)
    return facts
  }

  private func slot(_ seconds: Int64, since: Int64? = nil, _ outcome: SlotOutcome) -> SlotRecord {
    SlotRecord(
      pipeline: Sample.orders, instant: Sample.at(seconds), since: since.map(Sample.at), outcome: outcome,
      decidedAt: Sample.at(seconds + 7))
  }

  private let run = RunID(pipeline: Sample.orders, number: 5)

  @Test func `a waiting slot names what it waits for, and when it is given up`() throws {
    var facts = facts(record())
    facts.slots.waiting = [Sample.at(900)]
    facts.activeRun = Sample.run(5, .active(.extract))
    let waiting = try #require(facts.whyFacts.first { $0.type == "SlotWaiting" })
    #expect(waiting.message.contains("for orders.5 to end (`overlap: queue`)"))
    #expect(waiting.message.contains("by \(Sample.at(1400))"))
    #expect(waiting.place == "schedule.overlap")
  }

  @Test func `a limit that is reached is a fact`() {
    var facts = facts(record())
    facts.slots.waiting = [Sample.at(900)]
    facts.decision = .engineAtCapacity(.local, limit: 1)
    #expect(facts.whyFacts.map(\.type).starts(with: ["SlotWaiting", "EngineAtCapacity"]))
    facts.decision = .controllerAtCapacity(limit: 8)
    #expect(facts.whyFacts.map(\.type).contains("ControllerAtCapacity"))
  }

  @Test func `slots that passed with no controller say what becomes of them`() throws {
    var facts = facts(record())
    facts.slots.undecided = 3
    let passed = try #require(facts.whyFacts.first { $0.type == "SlotsPassed" })
    #expect(passed.message.contains("3 slots have passed"))
    #expect(passed.message.contains("`missed: run-once`"))
    #expect(passed.place == "schedule.missed")
    facts.slots.controller = "process 1 on db1"
    #expect(!facts.whyFacts.map(\.type).contains("SlotsPassed"), "a controller is about to decide them")
    #expect(facts.whyFacts.map(\.type).contains("Controller"))
  }

  @Test func `the latest slots that did not run say why, at the line that decided it`() {
    var facts = facts(record())
    facts.slots.latest = [
      slot(900, .skipped(.overlap(run))), slot(800, .ran(run)), slot(700, .missed(.deadlinePassed)),
      slot(600, .cancelled(with: run)), slot(500, .skipped(.paused)),
    ]
    let notRun = facts.whyFacts.filter { $0.type == "SlotNotRun" }
    #expect(notRun.map(\.place) == ["schedule.overlap", "schedule.startDeadline", nil])
    #expect(notRun[0].message.contains("orders.5 was active"))
  }

  @Test func `a stretch of slots is one line, with its number where the schedule is still the same`() {
    let record = record()
    let clock = SlotClock([record.applied], now: Sample.at(1000))
    let counted = SlotOutcomeView(slot(600, since: 100, .skipped(.superseded)), of: record, clock)
    #expect(counted.count == 5)
    #expect(counted.title == "5 slots after \(Sample.at(100)), up to \(Sample.at(600))")
    let older = SlotOutcomeView(slot(600, since: 0, .skipped(.superseded)), of: record, clock)
    #expect(older.title == "every slot after \(Sample.at(0)), up to \(Sample.at(600))")
  }

  @Test func `an override is shown beside what the manifest says`() throws {
    var record = record(paused: .paused(PauseDetails(reason: "audit")))
    record.override = PauseOverride(
      isPaused: false, reason: "hotfix", by: "ann", since: Sample.at(30), until: Sample.at(2000))
    let resumed = try #require(facts(record).whyFacts.first { $0.type == "Resumed" })
    for part in ["by ann", "hotfix", "until \(Sample.at(2000))", "its manifest says paused: audit"] {
      #expect(resumed.message.contains(part))
    }
    let view = PipelineView(facts(record))
    #expect(view.status.override?.inForce == true)
    #expect(view.status.pause == nil)
  }

  @Test func `a pause whose end has passed is overdue, by command or in the manifest`() {
    var byCommand = record()
    byCommand.override = PauseOverride(
      isPaused: true, reason: nil, by: "ann", since: Sample.at(30), until: Sample.at(900))
    let declared = record(paused: .paused(PauseDetails(until: Sample.at(900))))
    for record in [byCommand, declared] {
      let facts = facts(record)
      #expect(facts.conditions.contains { $0.type == "PauseOverdue" })
      #expect(facts.whyFacts.contains { $0.message.contains("overdue") })
      let lines = PipelineView.lines([PipelineView(facts)], wide: false, now: facts.now, paint: Paint(isOn: false))
      #expect(lines.contains { $0.contains("idle (pause overdue)") })
    }
  }

  @Test func `a slot that a pause takes away is marked, and one of the past tells its outcome`() {
    var record = record()
    record.override = PauseOverride(
      isPaused: true, reason: nil, by: "ann", since: Sample.at(30), until: Sample.at(1150))
    let slots = SlotRecords(
      record: record, progress: ScheduleProgress(pipeline: Sample.orders, settledUntil: Sample.at(900)),
      outcomes: [slot(900, .ran(run)), slot(800, since: 300, .skipped(.superseded))])
    func note(_ seconds: Int64) -> String? { slots.note(on: Sample.at(seconds), now: Sample.at(1000)) }
    #expect(note(900) == "ran as orders.5")
    #expect(note(400) == "was skipped: a later slot took its place")
    #expect(note(1100)?.hasPrefix("does not start: paused until") ?? false)
    #expect(note(1200) == nil)
  }
}

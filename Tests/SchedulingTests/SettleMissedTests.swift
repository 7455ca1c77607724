import PipelineModel
import Scheduling
import Testing

@Suite struct SettleMissedTests {
  private let now = Timestamp(seconds: 1_000_000 * 3600)

  private func settled(
    hours: Int64, _ missed: MissedPolicy, deadline: TimeSpan = TimeSpan(seconds: 7200),
    late: TimeSpan = TimeSpan(seconds: 60)
  ) -> MissedSlots {
    let hourly = schedule(.every(TimeSpan(seconds: 3600), anchor: nil), missed: missed, startDeadline: deadline)
    let since = now - TimeSpan(seconds: hours * 3600)
    return settleMissed(since: since, now: now + late, schedule: hourly, zone: .utc)
  }

  @Test func `skip runs nothing that is late`() {
    let result = settled(hours: 3, .skip)
    #expect(result.settlements.map(\.outcome) == [.skipped(.policy), .skipped(.policy), .skipped(.policy)])
    #expect(result.older == .exactly(0))
  }

  @Test func `a slot at this very instant is not late`() {
    let result = settled(hours: 2, .skip, late: TimeSpan(seconds: 0))
    #expect(result.settlements.map(\.outcome) == [.skipped(.policy), .run])
    #expect(result.settlements.last?.slot.instant == now)
  }

  @Test func `run-once runs the latest and says what it stands for`() {
    #expect(
      settled(hours: 3, .runOnce).settlements.map(\.outcome) == [.skipped(.superseded), .skipped(.superseded), .run])
  }

  @Test func `the latest slot can be too late itself`() {
    let result = settled(hours: 2, .runOnce, deadline: TimeSpan(seconds: 59))
    #expect(result.settlements.map(\.outcome) == [.skipped(.superseded), .missed(.deadlinePassed)])
  }

  @Test func `a deadline holds to its last millisecond`() {
    #expect(settled(hours: 1, .runOnce, deadline: TimeSpan(seconds: 60)).settlements.map(\.outcome) == [.run])
  }

  @Test func `runAll runs the latest ones within the deadline, oldest first`() {
    let result = settled(hours: 5, .runAll(limit: 4), deadline: TimeSpan(seconds: 2 * 3600 + 60))
    #expect(
      result.settlements.map(\.outcome) == [.skipped(.superseded), .missed(.deadlinePassed), .run, .run, .run])
    #expect(result.settlements.map(\.slot.instant) == result.settlements.map(\.slot.instant).sorted())
  }

  @Test func `nothing passed, nothing to settle`() {
    #expect(settled(hours: 0, .runOnce) == MissedSlots(settlements: [], older: .exactly(0)))
    let hourly = schedule(.every(TimeSpan(seconds: 3600), anchor: nil), missed: .runOnce)
    let backwards = settleMissed(since: now + TimeSpan(seconds: 9), now: now, schedule: hourly, zone: .utc)
    #expect(backwards.settlements.isEmpty, "a clock that was set back settles nothing")
  }

  @Test func `an enormous gap is settled in part and counted in part`() throws {
    let some = settled(hours: 1500, .runAll(limit: .max), deadline: TimeSpan(milliseconds: .max))
    #expect(some.settlements.count == 1000)
    #expect(some.settlements.allSatisfy { $0.outcome == .run })
    #expect(some.older == .exactly(500))
    let minutely = try schedule("* * * * *")
    let result = settleMissed(
      since: Timestamp(seconds: 0), now: now, schedule: minutely, zone: try zone("Europe/Berlin"))
    #expect(result.settlements.count == 1000)
    #expect(result.older == .atLeast(10_000))
  }
}

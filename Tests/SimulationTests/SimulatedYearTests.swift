import Simulation
import Testing

struct SimulatedYearTests {
  @Test func `in a week of hourly pipelines every slot has one run of its own`() throws {
    var week = SimulatedYear(pipelines: 20, days: 7)
    let outcome = try week.live()
    #expect(outcome.problems.isEmpty, "\(outcome.problems.prefix(5))")
    #expect(outcome.slots == 20 * (7 * 24 - 1), "the slot of its last instant is not decided any more")
    #expect(outcome.runs == outcome.slots)
  }
}

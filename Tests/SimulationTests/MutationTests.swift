import Simulation
import Testing

/// An audit that finds nothing proves nothing unless it finds what was planted.
@Suite struct MutationTests {
  @Test(arguments: Mutation.allCases)
  func `a fault planted in the controller is noticed`(mutation: Mutation) {
    // What goes wrong at a service goes wrong in a moment that few stories have.
    let noticed = (1...(mutation.flavour == .services ? 400 : 150)).contains { seed in
      var scenario = Scenario(seed: UInt64(seed), flavour: mutation.flavour)
      scenario.mutation = mutation
      return !simulate(scenario, isTraced: false).isLawful
    }
    #expect(noticed, "nobody noticed `\(mutation)`")
  }

  @Test func `the scenarios of every day really start, crash and stop`() {
    let verdicts = (1...200).map { seed in
      simulate(Scenario(seed: UInt64(seed), flavour: seed % 2 == 0 ? .everyday : .continuous))
    }
    #expect(verdicts.map(\.runs).reduce(0, +) > 200)
    #expect(verdicts.map(\.crashes).reduce(0, +) > 200)
    let calls = verdicts.flatMap(\.trace).map(\.text)
    for word in [
      "calls start:", "calls cancel:", "calls complete:", "uncertain", "retires", "backing off", "forgotten",
    ] {
      #expect(calls.contains { $0.contains(word) }, "no scenario has `\(word)`")
    }
  }

  @Test func `the scenarios of a controller that stays start slots, wait, pause and cancel`() {
    var missing: Set = [
      "ran(", "skipped(PipelineModel.SlotSkip.paused)", "skipped(PipelineModel.SlotSkip.overlap", "deadlinePassed",
      "superseded", "the clock is set", "is KILLED", "DIES", "disk is full", "rejected",
      "nothingToDo",
      "backing off", "forgotten",
    ]
    for seed in 1...400 where !missing.isEmpty {
      let lines = simulate(Scenario(seed: UInt64(seed), flavour: .staying)).trace.map(\.text)
      missing = missing.filter { word in !lines.contains { $0.contains(word) } }
    }
    #expect(missing.isEmpty)
  }

  @Test func `the scenarios with services meet what is peculiar to them`() {
    var missing: Set = [
      "calls start:", "calls cancel:", "calls complete:", "calls write-settings:", "uncertain", "completed",
      "cannot be read", "alreadyRunning", "the unit is paused", "lost", "somebody changes", "is started behind",
      "backing off", "stopping",
    ]
    for seed in 1...2000 where !missing.isEmpty {
      let lines = simulate(Scenario(seed: UInt64(seed), flavour: .services)).trace.map(\.text)
      missing = missing.filter { word in !lines.contains { $0.contains(word) } }
    }
    #expect(missing.isEmpty)
  }

  @Test func `a failing scenario is shrunk to what matters`() throws {
    var fixture = Fixture(.staying, seed: 3)
    fixture.mutation = .slotOutcomesNotRecorded
    let shrunk = fixture.shrunk()
    #expect(!simulate(shrunk.scenario, isTraced: false).isLawful)
    #expect(try #require(shrunk.actions).count < fixture.scenario.actions.count)
  }

  @Test func `the same seed tells the same story`() {
    #expect(simulate(Scenario(seed: 7)).trace == simulate(Scenario(seed: 7)).trace)
  }
}

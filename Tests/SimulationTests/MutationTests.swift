import Simulation
import Testing

/// An audit that finds nothing proves nothing unless it finds what was planted.
@Suite struct MutationTests {
  @Test(arguments: Mutation.allCases)
  func `a fault planted in the controller is noticed`(mutation: Mutation) {
    let noticed = (1...150).contains { seed in
      var scenario = Scenario(seed: UInt64(seed))
      scenario.mutation = mutation
      return !simulate(scenario).isLawful
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

  @Test func `the same seed tells the same story`() {
    #expect(simulate(Scenario(seed: 7)).trace == simulate(Scenario(seed: 7)).trace)
  }
}

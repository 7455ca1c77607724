import Foundation
import Simulation
import Testing

/// `SIMULATION_SEEDS=5000-9999` explores others than those of every day.
private let seeds: ClosedRange<UInt64> = {
  let wanted = ProcessInfo.processInfo.environment["SIMULATION_SEEDS"]?.split(separator: "-").compactMap { UInt64($0) }
  guard let wanted, wanted.count == 2, wanted[0] <= wanted[1] else { return 1...1000 }
  return wanted[0]...wanted[1]
}()

/// Hundreds of seeds for each flavour, by their first one; what services add takes longer to live through, and is drawn less often.
private func hundreds() -> [(UInt64, Scenario.Flavour)] {
  let firsts = Array(stride(from: seeds.lowerBound, through: seeds.upperBound, by: 100))
  return Scenario.Flavour.allCases.flatMap { flavour in
    let wanted = seeds.count > 1000 ? firsts.count : flavour.hundreds
    return firsts.prefix(wanted).map { ($0, flavour) }
  }
}

extension Scenario.Flavour {
  fileprivate var hundreds: Int {
    switch self {
    case .everyday, .continuous, .teams, .commands, .staying: 10
    case .services: 7
    case .stayingServices: 3
    }
  }
}

@Suite struct SeedTests {
  @Test(arguments: hundreds())
  func `every law holds whatever users, engine and crashes do`(first: UInt64, flavour: Scenario.Flavour) {
    let fixtures = (first...min(first + 99, seeds.upperBound)).map { Fixture(flavour, seed: $0) }
    let unlawful = fixtures.filter { !simulate($0.scenario, isTraced: false).isLawful }
    guard let first = unlawful.first else { return }
    let shrunk = first.shrunk()
    Issue.record(
      """
      \(unlawful.count) seeds break a law: \(unlawful.map(\.seed)). The first one, without all that does not matter, for the list of \
      fixtures:
      (\(shrunk), "what it was"),
      \(simulate(shrunk.scenario))
      """)
  }

  @Test(arguments: Scenario.Flavour.allCases)
  func `every law holds although run folders are damaged now and then`(flavour: Scenario.Flavour) {
    let scenarios = (seeds.lowerBound...min(seeds.lowerBound + 99, seeds.upperBound)).map { seed in
      var scenario = Scenario(seed: seed, flavour: flavour)
      scenario.faults.illegible = 15
      return scenario
    }
    expectLawful(scenarios)
  }

  private func expectLawful(_ scenarios: [Scenario]) {
    let unlawful = scenarios.map { simulate($0, isTraced: false) }.filter { !$0.isLawful }
    guard let shortest = unlawful.min(by: { $0.effects < $1.effects }) else { return }
    let failing = unlawful.map(\.scenario.seed)
    Issue.record("\(failing.count) seeds break a law: \(failing). The shortest:\n\(simulate(shortest.scenario))")
  }
}

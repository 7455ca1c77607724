import Foundation
import Simulation
import Testing

/// `SIMULATION_SEEDS=5000-9999` explores others than those of every day.
private let seeds: ClosedRange<UInt64> = {
  let wanted = ProcessInfo.processInfo.environment["SIMULATION_SEEDS"]?.split(separator: "-").compactMap { UInt64($0) }
  guard let wanted, wanted.count == 2, wanted[0] <= wanted[1] else { return 1...1000 }
  return wanted[0]...wanted[1]
}()

@Suite struct SeedTests {
  @Test(arguments: Array(stride(from: seeds.lowerBound, through: seeds.upperBound, by: 100)), Scenario.Flavour.allCases)
  func `every law holds whatever users, engine and crashes do`(first: UInt64, flavour: Scenario.Flavour) {
    let verdicts = (first...min(first + 99, seeds.upperBound)).map { simulate(Scenario(seed: $0, flavour: flavour)) }
    let unlawful = verdicts.filter { !$0.isLawful }
    guard let shortest = unlawful.min(by: { $0.trace.count < $1.trace.count }) else { return }
    let failing = unlawful.map(\.scenario.seed)
    Issue.record("\(failing.count) seeds break a law: \(failing). The shortest:\n\(shortest)")
  }
}

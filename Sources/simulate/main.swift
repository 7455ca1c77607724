import Foundation
import Simulation

/// `simulate [PIPELINES [DAYS]]`: a year of hourly pipelines under a virtual clock, and what came of it; exits with 1 where something
/// is wrong.
let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
guard numbers.count <= 2, numbers.allSatisfy({ $0 > 0 }) else {
  FileHandle.standardError.write(Data("usage: simulate [PIPELINES [DAYS]]\n".utf8))
  exit(64)
}
var year = SimulatedYear(pipelines: numbers.first ?? 100, days: numbers.dropFirst().first ?? 365)
let outcome = try year.live()
print("\(outcome.slots) slots, \(outcome.runs) runs, \(outcome.looks) looks, \(outcome.decisions) decisions")
for problem in outcome.problems.prefix(20) { print("wrong: \(problem)") }
exit(outcome.problems.isEmpty ? 0 : 1)

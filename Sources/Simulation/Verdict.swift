public import Reconciler

/// What a scenario came to.
public struct Verdict: Sendable, CustomStringConvertible {
  public var scenario: Scenario
  public var violations: [LawViolation]
  public var trace: [TraceLine]
  /// How many effects the controllers asked for: the number of places to die at.
  public var effects: Int
  public var crashes: Int
  /// Runs that really began.
  public var runs: Int

  public var isLawful: Bool { violations.isEmpty }

  /// The violations, then everything that happened.
  public var description: String {
    let head = "scenario `\(scenario.name)`, seed \(scenario.seed), crashes \(scenario.crashes)"
    return ([head] + violations.map(\.description) + trace.map(\.description)).joined(separator: "\n")
  }
}

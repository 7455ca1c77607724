/// A scenario drawn from a seed, or what is left of it once everything that does not matter was taken out.
public struct Fixture: Hashable, Sendable, CustomStringConvertible {
  public var flavour: Scenario.Flavour
  public var seed: UInt64
  /// The positions of the actions that are kept; absent: all.
  public var actions: [Int]?
  public var hasFaults: Bool
  public var hasCrashes: Bool
  public var mutation: Mutation?

  public init(
    _ flavour: Scenario.Flavour, seed: UInt64, actions: [Int]? = nil, faults: Bool = true, crashes: Bool = true
  ) {
    self.flavour = flavour
    self.seed = seed
    self.actions = actions
    hasFaults = faults
    hasCrashes = crashes
  }

  public var scenario: Scenario {
    var scenario = Scenario(seed: seed, flavour: flavour)
    if let actions { scenario.actions = actions.map { scenario.actions[$0] } }
    scenario.mutation = mutation
    if !hasFaults { scenario.faults = .none }
    if !hasCrashes { scenario.crashes = .never }
    return scenario
  }

  /// As it is written down in a list of fixtures.
  public var description: String {
    let kept = actions.map { ", actions: \($0)" } ?? ""
    return
      "Fixture(.\(flavour), seed: \(seed)\(kept)\(hasFaults ? "" : ", faults: false")\(hasCrashes ? "" : ", crashes: false"))"
  }

  /// The smallest one found that still breaks a law.
  public func shrunk() -> Fixture {
    var smallest = self
    smallest.actions = actions ?? Array(scenario.actions.indices)
    smallest.tryOut { $0.hasCrashes = false }
    smallest.tryOut { $0.hasFaults = false }
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for position in (smallest.actions ?? []).indices.reversed() {
        isSmaller = smallest.tryOut { $0.actions?.remove(at: position) } || isSmaller
      }
    }
    return smallest
  }

  @discardableResult
  private mutating func tryOut(_ change: (inout Fixture) -> Void) -> Bool {
    var candidate = self
    change(&candidate)
    guard candidate != self, !simulate(candidate.scenario, isTraced: false).isLawful else { return false }
    self = candidate
    return true
  }
}

/// Lives through a scenario, and audits it.
///
/// - Parameter isTraced: whether everything that happens is written down, which takes longer than the rest.
public func simulate(_ scenario: Scenario, isTraced: Bool = true) -> Verdict {
  SimulatedWorld(scenario, isTraced: isTraced).run()
}

/// Lives through a scenario once for each place where its controllers can die.
///
/// - Returns: the verdicts that found something wrong, and how many places there were.
public func simulateEveryCrash(_ scenario: Scenario) -> (unlawful: [Verdict], places: Int) {
  var calm = scenario
  calm.crashes = .never
  let places = simulate(calm, isTraced: false).effects
  let verdicts = (1...max(1, places)).compactMap { place -> Verdict? in
    var copy = scenario
    copy.crashes = .before(place)
    return simulate(copy, isTraced: false).isLawful ? nil : simulate(copy)
  }
  return (verdicts, places)
}

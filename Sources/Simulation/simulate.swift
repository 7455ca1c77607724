/// Lives through a scenario, and audits it.
public func simulate(_ scenario: Scenario) -> Verdict {
  SimulatedWorld(scenario).run()
}

/// Lives through a scenario once for each place where its controllers can die.
///
/// - Returns: the verdicts that found something wrong, and how many places there were.
public func simulateEveryCrash(_ scenario: Scenario) -> (unlawful: [Verdict], places: Int) {
  var calm = scenario
  calm.crashes = .never
  let places = simulate(calm).effects
  let verdicts = (1...max(1, places)).map { place in
    var copy = scenario
    copy.crashes = .before(place)
    return simulate(copy)
  }
  return (verdicts.filter { !$0.isLawful }, places)
}

/// Writes a selection into a catalog, where taps of every kind read it; all else stays as the tap printed it.
public func select(_ catalog: Catalog, _ rules: SelectionRules) -> SelectionResult {
  var found = unmatchedPatterns(rules, catalog)
  var selected: [SelectedStream] = []
  var result = catalog
  result.streams = catalog.streams.map { stream in
    var edit = StreamSelection(stream)
    let index = choose(stream, by: rules, &edit)
    found += edit.problems.map { RuleProblem(rule: index, problem: $0) }
    if let choice = edit.selected { selected.append(choice) }
    return edit.stream
  }
  return SelectionResult(catalog: result, streams: selected, ruleProblems: found)
}

/// Returns which rule means the stream.
private func choose(_ stream: CatalogStream, by rules: SelectionRules, _ edit: inout StreamSelection) -> Int? {
  switch rules {
  case .all:
    edit.choose(SelectionRule(pattern: stream.id))
    return nil
  case .rules(let list):
    let index = firstMatch(of: stream, in: list)
    if let index { edit.choose(list[index], at: index) } else { edit.leaveOut() }
    return index
  }
}

private func unmatchedPatterns(_ rules: SelectionRules, _ catalog: Catalog) -> [RuleProblem] {
  guard case .rules(let list) = rules else { return [] }
  return list.enumerated().compactMap { index, rule in
    let pattern = NamePattern(rule.pattern)
    guard !catalog.streams.contains(where: { means(pattern, $0) }) else { return nil }
    let nearest = nearestNames(to: rule.pattern, in: catalog.streams.map(\.id))
    return RuleProblem(rule: index, problem: .noStream(pattern: rule.pattern, nearest: nearest))
  }
}

private func firstMatch(of stream: CatalogStream, in rules: [SelectionRule]) -> Int? {
  let matching = rules.indices.filter { means(NamePattern(rules[$0].pattern), stream) }
  return matching.first { NamePattern(rules[$0].pattern).isExact } ?? matching.first
}

private func means(_ pattern: NamePattern, _ stream: CatalogStream) -> Bool {
  pattern.matches(stream.id) || pattern.matches(stream.name)
}

/// Writes a selection into a catalog, where taps of every kind read it; all else stays as the tap printed it.
public func select(_ catalog: Catalog, _ rules: SelectionRules) -> SelectionResult {
  var problems = unmatchedPatterns(rules, catalog)
  var selected: [SelectedStream] = []
  var result = catalog
  result.streams = catalog.streams.map { stream in
    var edit = StreamSelection(stream)
    switch rules {
    case .all: edit.choose(SelectionRule(pattern: stream.id))
    case .rules(let list):
      if let rule = firstMatch(of: stream, in: list) { edit.choose(rule) } else { edit.leaveOut() }
    }
    problems += edit.problems
    if let choice = edit.selected { selected.append(choice) }
    return edit.stream
  }
  return SelectionResult(catalog: result, streams: selected, problems: problems)
}

private func unmatchedPatterns(_ rules: SelectionRules, _ catalog: Catalog) -> [SelectionProblem] {
  guard case .rules(let list) = rules else { return [] }
  return list.compactMap { rule in
    let pattern = NamePattern(rule.pattern)
    guard !catalog.streams.contains(where: { means(pattern, $0) }) else { return nil }
    return .noStream(pattern: rule.pattern, nearest: nearestNames(to: rule.pattern, in: catalog.streams.map(\.id)))
  }
}

private func firstMatch(of stream: CatalogStream, in rules: [SelectionRule]) -> SelectionRule? {
  let matching = rules.filter { means(NamePattern($0.pattern), stream) }
  return matching.first { NamePattern($0.pattern).isExact } ?? matching.first
}

private func means(_ pattern: NamePattern, _ stream: CatalogStream) -> Bool {
  pattern.matches(stream.id) || pattern.matches(stream.name)
}

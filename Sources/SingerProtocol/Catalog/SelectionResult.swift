/// A catalog with its selection written in, and what was wrong with the rules.
public struct SelectionResult: Hashable, Sendable {
  public let catalog: Catalog
  /// In the catalog's order.
  public let streams: [SelectedStream]
  /// In the rules' order, then the catalog's.
  public let ruleProblems: [RuleProblem]

  /// Where there are any, nothing should run.
  public var problems: [SelectionProblem] { ruleProblems.map(\.problem) }
}

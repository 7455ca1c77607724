/// A wish that a catalog cannot fulfil, and whose wish it is.
public struct RuleProblem: Hashable, Sendable {
  /// The rule's place in the list; nil where there is no list.
  public let rule: Int?
  public let problem: SelectionProblem
}

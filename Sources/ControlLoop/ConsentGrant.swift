public import PipelineModel

/// What the user has agreed to.
public struct ConsentGrant: Hashable, Codable, Sendable {
  /// Agreed to for whatever the plan names (`--yes`, `--allow rewrite`).
  public var general: Set<Consent>
  /// Agreed to one by one, as the user saw them named.
  public var operations: Set<OperationID>

  public init(_ general: Set<Consent> = [], operations: Set<OperationID> = []) {
    self.general = general
    self.operations = operations
  }

  /// The operations of a plan that still need to be agreed to, in its order.
  public func missing(in plan: Plan) -> [Operation] {
    plan.consents.filter { !general.contains($0.1) && !operations.contains($0.0.id) }.map(\.0)
  }
}

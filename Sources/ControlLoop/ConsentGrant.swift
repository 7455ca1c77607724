public import PipelineModel

/// What the user has agreed to.
public struct ConsentGrant: Hashable, Codable, Sendable {
  /// Agreed to for whatever the plan names (`--yes`, `--allow rewrite`).
  public var general: Set<Consent>
  /// Agreed to one by one, as the user saw them named.
  public var operations: Set<OperationID>
  /// Whether a manifest's `allow:` counts for the operations of its pipeline.
  public var honorsManifests: Bool

  public init(_ general: Set<Consent> = [], operations: Set<OperationID> = [], honorsManifests: Bool = true) {
    self.general = general
    self.operations = operations
    self.honorsManifests = honorsManifests
  }

  /// The operations of a plan that still need to be agreed to, in its order.
  ///
  /// - Parameter stored: the records that the plan was made for.
  public func missing(in plan: Plan, of desired: DesiredState, over stored: StoredState) -> [Operation] {
    plan.consents.filter { operation, consent in
      !general.contains(consent) && !operations.contains(operation.id)
        && !(honorsManifests && desired.allows(consent, for: operation.pipeline, over: stored))
    }.map(\.0)
  }
}

extension DesiredState {
  /// Whether the manifest of a pipeline agrees to it; where there is none any more, the one that was applied last.
  fileprivate func allows(_ consent: Consent, for pipeline: PipelineName, over stored: StoredState) -> Bool {
    guard let effect = consent.allowed else { return false }
    let spec = pipelines.first { $0.name == pipeline }?.spec ?? stored.pipeline(pipeline)?.applied.spec
    return spec?.allow.contains(effect) ?? false
  }
}

extension Consent {
  /// What a manifest can say about it; a cancel can only be agreed to by a person.
  fileprivate var allowed: AllowedEffect? {
    switch self {
    case .cancel: nil
    case .rewrite: .rewrite
    case .delete: .delete
    }
  }
}

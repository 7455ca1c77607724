public import PipelineModel
import Reconciler

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

  func covers(_ operation: Operation) -> Bool {
    guard let consent = operation.dataEffect.consent else { return true }
    return general.contains(consent) || operations.contains(operation.id)
  }
}

extension LoopGoal {
  /// What still has to be agreed to, in the order of the plan: its operations, and then what requests of this goal come to that are
  /// recorded now and have their turn later, when nobody may be there to be asked.
  ///
  /// - Parameter stored: the records that the plan was made for.
  public func missingConsents(in plan: Plan, over stored: StoredState, at now: Timestamp) -> [Operation] {
    let planned = Set(plan.operations.map(\.id))
    let later = postponed(by: plan, over: stored, at: now).flatMap(\.operations).filter { !planned.contains($0.id) }
    return (plan.consents.map(\.0) + later).filter { !isAgreed($0, over: stored) }
  }

  private func postponed(by plan: Plan, over stored: StoredState, at now: Timestamp) -> [PostponedRequest] {
    postponedRequests(by: plan, over: stored, among: requests, now: now)
  }

  private func isAgreed(_ operation: Operation, over stored: StoredState) -> Bool {
    consents.covers(operation) || stored.isAgreed(operation)
      || consents.honorsManifests && desired.allows(operation, over: stored)
  }

  /// The requests with what is agreed to now, for the time when their turn comes.
  func agreements(on plan: Plan, over stored: StoredState, at now: Timestamp) -> [StateChange] {
    postponed(by: plan, over: stored, at: now).compactMap { postponed in
      var request = postponed.request
      request.agreed = request.job.action.consents.filter { consent in
        request.agreed.contains(consent) || consents.general.contains(consent)
          || postponed.operations.contains { $0.dataEffect.consent == consent && consents.operations.contains($0.id) }
      }
      return request == postponed.request ? nil : .putRequest(request)
    }
  }
}

extension StoredState {
  /// Whether somebody agreed to it before: when its request was recorded, or when its run was ordered that is begun once more.
  fileprivate func isAgreed(_ operation: Operation) -> Bool {
    if case .start(let order) = operation.effect, let run = run(order.run), run.isActive { return true }
    guard let consent = operation.dataEffect.consent, let id = operation.request else { return false }
    return request(RequestKey(operation.pipeline, id))?.agreed.contains(consent) ?? false
  }
}

extension DesiredState {
  /// Whether the manifest of a pipeline agrees to it; where there is none any more, the one that was applied last.
  fileprivate func allows(_ operation: Operation, over stored: StoredState) -> Bool {
    guard let effect = operation.dataEffect.consent?.allowed else { return false }
    let pipeline = operation.pipeline
    let spec = pipelines.first { $0.name == pipeline }?.spec ?? stored.pipeline(pipeline)?.applied.spec
    return spec?.allow.contains(effect) ?? false
  }
}

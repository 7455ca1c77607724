import ControlLoop
import PipelineModel

extension Pursuit {
  /// Operations that a manifest of theirs consents to (`allow: [rewrite]`).
  func preGranted(by plan: Plan, _ desired: DesiredState, _ stored: StoredState) -> Set<OperationID> {
    let consents = plan.consents.filter { operation, consent in
      let spec =
        desired.pipelines.first { $0.name == operation.pipeline }?.spec
        ?? stored.pipelines.first { $0.name == operation.pipeline }?.applied.spec
      guard let allowed = consent.allowed else { return false }
      return spec?.allow.contains(allowed) ?? false
    }
    return Set(consents.map(\.0.id))
  }

  /// Asks, where somebody can answer; naming each operation.
  func agrees(to operations: [Operation]) -> Bool {
    guard terminal.isInteractive else { return false }
    for operation in operations {
      let what = "\(operation.verb) \(operation.pipeline) (\(operation.dataEffect.rawValue): \(operation.reason))"
      guard terminal.agrees(to: "Really \(what)?") else { return false }
    }
    return true
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

import PipelineModel
import Reconciler

extension RoundPlan {
  /// Leaves out the pipelines whose part of the plan breaks a law, so that a fault with one of them stops no other.
  ///
  /// - Returns: what speaks against them; nothing, and nothing is left out, where it cannot be told whose fault it is.
  mutating func holdBack() -> [LawViolation] {
    let faulty = Set(violations.compactMap(\.pipeline))
    guard !faulty.isEmpty, violations.allSatisfy({ $0.pipeline != nil }) else { return [] }
    defer { violations = [] }
    plan.operations.removeAll { faulty.contains($0.pipeline) }
    plan.bookkeeping.removeAll { change in change.pipeline.map(faulty.contains) ?? false }
    return violations
  }
}

extension StateChange {
  /// Whose it is; absent where it is the whole folder's.
  fileprivate var pipeline: PipelineName? {
    switch self {
    case .putPipeline(let record): record.name
    case .putRun(let run): run.id.pipeline
    case .dropRun(let run): run.pipeline
    case .putRequest(let request): request.key.pipeline
    case .putIntent(let intent): intent.operation.pipeline
    case .appendState(let version): version.pipeline
    case .putCatalog(let catalog): catalog.pipeline
    case .putSlot(let slot): slot.pipeline
    case .putSchedule(let progress): progress.pipeline
    case .appendCommit, .bindEnvironment: nil
    }
  }
}

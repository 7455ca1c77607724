import ControlLoop
import PipelineModel
import StoreAPI

/// How a story with a controller that stays is judged.
extension SimulatedWorld {
  func judgeStaying() {
    staying = nil
    guard let plan = inspect(DesiredState()) else { return }
    demandNothing(plan)
    // What passed during a pause has no outcome yet; the look takes a moment itself.
    if plan.wakeAt.map({ $0 > now + TimeSpan(seconds: 1) }) ?? true { lookOnceMore() }
    do {
      try audit.closed(engines, store: store)
      try judgeSource()
    } catch {
      audit.fail(14, nil, "the store failed: \(error.message)")
    }
  }

  private func lookOnceMore() {
    let limit = serveOptions.maxConcurrentRuns
    let last = pursue(
      LoopGoal(
        consents: .everything, until: .planned, firesSlots: true, maxConcurrentRuns: limit, isUnattended: true))
    let operations = last?.firstPlan?.operations ?? []
    if !operations.isEmpty { audit.fail(5, nil, "a settled world still gets \(operations.map(\.id))") }
    audit.closedSlots(at: now)
    guard let plan = inspect(DesiredState()), let wakeAt = plan.wakeAt else { return }
    pass(TimeSpan(milliseconds: max(0, (wakeAt - now).milliseconds - 1)))
    if let later = inspect(DesiredState()) { demandNothing(later) }
  }

  /// What the repository wants at the end is applied, or on record as refused.
  private func judgeSource() throws(StoreError) {
    guard let head = source.head, head.history == 0 else { return }
    guard let record = try store.commits(limit: 1000).first(where: { $0.commit == head.id }) else {
      return audit.fail(7, nil, "what came of \(head.id) is not on record")
    }
    guard record.result.isGood, let manifests = head.manifests else {
      if record.result.isGood { audit.fail(7, nil, "\(head.id) has mistakes, and is recorded as good") }
      return
    }
    for pipeline in manifests.pipelines where audit.applied[pipeline.name]?.spec != pipeline.spec {
      audit.fail(7, pipeline.name, "\(head.id) is recorded as good, and not what is applied")
    }
  }
}

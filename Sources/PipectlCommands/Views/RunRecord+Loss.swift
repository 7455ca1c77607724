import PipelineModel

extension RunRecord {
  /// What is known of it where it is lost.
  var lossWords: String {
    if report.conditions.contains(.stoppedUnseen) {
      return
        "engine `\(order.spec.engine.name)` was sent a stop of whatever ran, and lists no job that ended by it: nothing was running there, or its end does not show"
    }
    if order.spec.work.migration != nil, report.startedAt == nil {
      return
        "its start was never taken: engine `\(order.spec.engine.name)` lists no job of it, so nothing of it began, and nothing was written"
    }
    switch capabilitiesByType[order.spec.engine.type]?.conduct.liveness {
    case .process, nil: return "its supervisor vanished and nothing of it is left"
    case .jobList, .endedJobsOnly:
      return "engine `\(order.spec.engine.name)` does not show how it ended; the engine's own pages may tell"
    }
  }
}

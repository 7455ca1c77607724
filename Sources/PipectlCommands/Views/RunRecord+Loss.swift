import PipelineModel

extension RunRecord {
  /// What is known of it where it is lost.
  var lossWords: String {
    switch capabilitiesByType[order.spec.engine.type]?.conduct.liveness {
    case .process, nil: "its supervisor vanished and nothing of it is left"
    case .jobList, .endedJobsOnly:
      "engine `\(order.spec.engine.name)` does not show how it ended; the engine's own pages may tell"
    }
  }
}

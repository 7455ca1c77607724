import PipelineModel

extension PipelineRecord {
  /// What the pipeline's engine can do; absent for one of a type that this version does not know.
  var capabilities: Capabilities? { capabilitiesByType[applied.spec.engine.type] }

  /// What a pause means for runs, for a person.
  var wordsForPaused: String {
    capabilities?.pause == .unitDisabled
      ? "nothing starts in it, neither by itself nor by `pipectl start`"
      : "its slots do not start, `pipectl start` still does"
  }
}

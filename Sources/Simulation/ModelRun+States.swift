import PipelineModel

extension ModelRun {
  /// Whether what its target confirmed is what later runs go on from.
  var movesState: Bool {
    switch order.mode {
    case .incremental, .continuous: true
    case .historical: status.outcome?.isGood == true
    case .snapshot: false
    }
  }
}

extension ModelEngine {
  /// The state that the next incremental run has to begin from.
  func confirmedState(of pipeline: PipelineName) -> String? {
    let moving = runs.values.filter { $0.order.run.pipeline == pipeline && $0.movesState }
    return moving.sorted { $0.order.run < $1.order.run }.compactMap(\.confirmed.last).last?.text
  }
}

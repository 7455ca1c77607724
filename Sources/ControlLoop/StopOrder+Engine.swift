import PipelineModel

extension StopOrder {
  /// The engine that is to carry it out, as the run's record tells where there is one.
  func engine(in record: RunRecord?) -> EngineName {
    record?.observedFrom ?? unseen?.order.spec.engine.name ?? .local
  }
}

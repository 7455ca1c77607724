import PipelineModel

extension RunID {
  /// A run as people name it: `orders.17`, or `run/orders.17`, which is what `-o name` prints.
  init?(argument: String) {
    self.init(String(argument.trimmingPrefix("run/")))
  }
}

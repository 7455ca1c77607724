import PipelineModel

extension PipelineRecord {
  /// Whether its engine has refused what is declared, so that it is sent once more after a while.
  var hasRefusedSettings: Bool {
    !isForgotten && held?.refusal.map { $0.generation == generation } ?? false
  }
}

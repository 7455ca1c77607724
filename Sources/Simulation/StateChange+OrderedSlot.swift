import PipelineModel

extension StateChange {
  /// The run that it orders for a slot.
  var orderedSlot: RunID? {
    guard case .putRun(let run) = self, case .slot = run.order.trigger, run.report.status == .starting else {
      return nil
    }
    return run.id
  }
}

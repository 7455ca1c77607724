import PipelineModel

/// What is declared of objects that services hold.
extension Audit {
  /// Only what is declared is written, and only to the pipeline's own object.
  mutating func writing(_ order: SettingsOrder, _ pipeline: PipelineName) {
    guard let spec = applied[pipeline]?.spec, spec.work == .remote(id: order.id) else {
      return fail(8, pipeline, "\(order.id) is written to, which is not its own")
    }
    if order.schedule != nil, spec.schedule == .unmanaged || spec.schedule == .none {
      fail(13, pipeline, "a schedule is written that is not declared")
    }
  }

  /// At the end what is declared is so.
  mutating func judgeDefinition(_ record: PipelineRecord, _ engine: ModelEngines) {
    let spec = record.applied.spec
    guard spec.work.isRemote, let held = engine.held(record.name, at: spec.engine.name) else { return }
    if case .slots(let schedule) = spec.schedule, !held.schedule.keeps(schedule.cadence) {
      fail(5, record.name, "its schedule is declared as \(schedule.cadence), and is \(held.schedule)")
    }
    guard record.override == nil else { return }
    switch spec.paused {
    case .active where held.isPaused: fail(5, record.name, "it is declared active, and paused at its service")
    case .paused where !held.isPaused: fail(5, record.name, "it is declared paused, and active at its service")
    case .active, .paused, .unmanaged: break
    }
  }
}

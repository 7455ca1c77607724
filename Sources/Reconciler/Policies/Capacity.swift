internal import PipelineModel

/// How many more runs each engine may be given.
struct Capacity {
  private var active: [EngineName: Int]

  init(_ facts: Facts) {
    active = [:]
    for run in facts.observed.runs where run.isActive {
      active[run.order.spec.engine.name, default: 0] += 1
    }
  }

  /// Takes a place, if there is one.
  mutating func take(of engine: EngineSpec) -> Bool {
    guard active[engine.name, default: 0] < engine.maxConcurrentRuns else { return false }
    active[engine.name, default: 0] += 1
    return true
  }
}

internal import PipelineModel

/// How many more runs may be started: of each engine, and altogether. Counted from the runs that are active, never kept.
struct Capacity {
  private var active: [EngineName: Int]
  private var total: Int
  private let limit: Int?

  /// - Parameter limit: of all engines together.
  init(_ facts: Facts, limit: Int?) {
    self.limit = limit
    active = Dictionary(facts.observed.occupancy.map { ($0.engine, $0.runs) }, uniquingKeysWith: +)
    for run in facts.observed.runs where run.isActive {
      active[run.order.spec.engine.name, default: 0] += 1
    }
    total = active.values.reduce(0, +)
  }

  /// Takes a place, or says why there is none.
  mutating func take(of engine: EngineSpec) -> Reason? {
    if let limit, total >= limit { return .controllerAtCapacity(limit: limit) }
    guard active[engine.name, default: 0] < engine.maxConcurrentRuns else {
      return .engineAtCapacity(engine.name, limit: engine.maxConcurrentRuns)
    }
    active[engine.name, default: 0] += 1
    total += 1
    return nil
  }
}

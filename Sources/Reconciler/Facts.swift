internal import PipelineModel

/// The arguments of a plan, looked up by pipeline once.
struct Facts {
  let desired: DesiredState
  let observed: ObservedState
  let now: Timestamp
  /// Sorted by name; one for every pipeline in scope.
  let situations: [Situation]
  /// Whether slots are started and settled: by a controller that stays, and by nobody else.
  let firesSlots: Bool

  init(
    scope: [PipelineName]?, desired: DesiredState, observed: ObservedState, openIntents: [Intent],
    ledger: [RequestRecord], firesSlots: Bool, now: Timestamp
  ) {
    self.firesSlots = firesSlots
    self.desired = desired
    self.observed = observed
    self.now = now
    let wanted = places(of: desired.pipelines.map(\.name))
    let records = places(of: observed.pipelines.map(\.name))
    let runs = Dictionary(grouping: observed.runs, by: \.order.run.pipeline)
    let intents = Dictionary(grouping: openIntents, by: \.operation.pipeline)
    let requests = Dictionary(grouping: ledger, by: \.key.pipeline)
    let schedules = Dictionary(
      observed.schedules.map { ($0.pipeline, $0) }, uniquingKeysWith: { first, _ in first })
    let engines = Dictionary(observed.engines.map { ($0.engine, $0) }, uniquingKeysWith: { first, _ in first })
    let held = engines.mapValues { engine in
      Dictionary(engine.held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let recorded = observed.pipelines.filter { !$0.isForgotten }.map(\.name)
    let names = scope.map { Set($0) } ?? Set(recorded).union(wanted.keys)
    situations = names.sorted().map { name in
      let active = (runs[name] ?? []).filter(\.isActive).sorted { $0.id < $1.id }
      return Situation(
        name: name, desired: wanted[name].map { desired.pipelines[$0] },
        record: records[name].map { observed.pipelines[$0] },
        activeRun: active.max { ($0.weight, $0.id) < ($1.weight, $1.id) }, activeRuns: active,
        latestRun: runs[name]?.max { $0.id < $1.id },
        openIntent: intents[name]?.min { $0.id < $1.id },
        requests: (requests[name] ?? []).sorted { ($0.recordedAt, $0.key) < ($1.recordedAt, $1.key) },
        progress: schedules[name], engines: engines, held: held, adopts: desired.adopts, zones: desired.zones, now: now)
    }
  }
}

extension RunRecord {
  /// A run of our own comes first, one that only looks at the schema last.
  fileprivate var weight: Int {
    if order.trigger != .external { return 2 }
    return isSchemaRefresh ? 0 : 1
  }
}

/// Where each name stands first: thousands of pipelines are looked up, and none is copied for it.
private func places(of names: [PipelineName]) -> [PipelineName: Int] {
  Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
}

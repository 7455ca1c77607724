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
    ledger: [RequestRecord], firesSlots: Bool, isUnattended: Bool = false, now: Timestamp
  ) {
    self.firesSlots = firesSlots
    self.desired = desired
    self.observed = observed
    self.now = now
    var wanted = NamesInTurn(desired.pipelines.map(\.name))
    var records = NamesInTurn(observed.pipelines.map(\.name))
    let runs = Dictionary(grouping: observed.runs, by: \.order.run.pipeline)
    let intents = Dictionary(grouping: openIntents, by: \.operation.pipeline)
    let requests = Dictionary(grouping: ledger, by: \.key.pipeline)
    let schedules = Dictionary(
      observed.schedules.map { ($0.pipeline, $0) }, uniquingKeysWith: { first, _ in first })
    let engines = Dictionary(observed.engines.map { ($0.engine, $0) }, uniquingKeysWith: { first, _ in first })
    let held = engines.mapValues { engine in
      Dictionary(engine.held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let recorded = observed.pipelines.indices.lazy.filter { !observed.pipelines[$0].isForgotten }
      .map { observed.pipelines[$0].name }
    let names = (scope ?? recorded + desired.pipelines.map(\.name)).map(\.text).sorted()
    var situations: [Situation] = []
    situations.reserveCapacity(names.count)
    for (place, text) in names.enumerated() where place == 0 || names[place - 1] != text {
      let name = PipelineName(text)
      situations.append(
        Situation(
          name: name, desired: (desired.pipelines, wanted.place(of: name)),
          record: (observed.pipelines, records.place(of: name)), runs: runs[name] ?? [], intents: intents[name] ?? [],
          requests: (requests[name] ?? []).sorted { ($0.recordedAt, $0.key) < ($1.recordedAt, $1.key) },
          progress: schedules[name], engines: engines, held: held, adopts: desired.adopts,
          isUnattended: isUnattended,
          zones: desired.zones, now: now))
    }
    self.situations = situations
  }
}

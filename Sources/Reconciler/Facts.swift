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
    var wanted = NamesInTurn(desired.pipelines.map(\.name.text))
    var records = NamesInTurn(observed.pipelines.map(\.name.text))
    let runs = Dictionary(grouping: observed.runs, by: \.order.run.pipeline)
    let intents = Dictionary(grouping: openIntents, by: \.operation.pipeline)
    let requests = Dictionary(grouping: ledger, by: \.key.pipeline)
    let schedules = Dictionary(
      observed.schedules.map { ($0.pipeline, $0) }, uniquingKeysWith: { first, _ in first })
    let common = CommonFacts(desired, observed, isUnattended: isUnattended, now: now)
    var situations: [Situation] = []
    situations.reserveCapacity(scope?.count ?? max(desired.pipelines.count, observed.pipelines.count))
    func add(_ text: String, desiredPlace: Int?, recordPlace: Int?) {
      let name = PipelineName(text)
      situations.append(
        Situation(
          name: name, in: common, desiredPlace: desiredPlace, recordPlace: recordPlace, runs: runs[name] ?? [],
          intents: intents[name] ?? [],
          requests: (requests[name] ?? []).sorted { ($0.recordedAt, $0.key) < ($1.recordedAt, $1.key) },
          progress: schedules[name]))
    }
    if let names = scope?.map(\.text).sorted() {
      for (place, text) in names.enumerated() where place == 0 || names[place - 1] != text {
        let name = PipelineName(text)
        add(text, desiredPlace: wanted.place(of: name), recordPlace: records.place(of: name))
      }
    } else {
      // Side by side, since to put the names of thousands together and sort them takes longer than most decisions.
      while let text = earlier(wanted.upcoming, records.upcoming) {
        let (desiredPlace, recordPlace) = (wanted.take(text), records.take(text))
        let isForgotten = recordPlace.map { observed.pipelines[$0].isForgotten } ?? false
        let isStopped = isForgotten && requests[PipelineName(text)]?.contains(where: \.isOpenStop) == true
        if desiredPlace != nil || !isForgotten || isStopped {
          add(text, desiredPlace: desiredPlace, recordPlace: recordPlace)
        }
      }
    }
    self.situations = situations
  }
}

private func earlier(_ one: String?, _ other: String?) -> String? {
  guard let one, let other else { return one ?? other }
  return one <= other ? one : other
}

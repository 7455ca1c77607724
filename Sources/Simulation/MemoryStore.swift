public import PipelineModel
public import StoreAPI
import Synchronization

/// The reference of what a store does, in memory: what `SQLiteStore` must do too, and what a simulated crash leaves.
public final class MemoryStore: ControlStore {
  private let contents: Mutex<Contents>

  public init() { contents = Mutex(Contents()) }

  public func load(_ query: StoreQuery) throws(StoreError) -> StoredState {
    contents.withLock { $0.answer(query) }
  }

  public func commit(_ changes: [StateChange]) throws(StoreError) {
    let refusal = contents.withLock { contents -> StoreError? in
      var next = contents
      if let refusal = next.apply(changes) { return refusal }
      contents = next
      return nil
    }
    if let refusal { throw refusal }
  }

  public func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion? {
    try states(of: pipeline, limit: 1).first
  }

  public func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord? {
    contents.withLock { $0.catalogs[pipeline] }
  }

  public func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    contents.withLock { Array(($0.runs[pipeline] ?? [:]).values.sorted { $0.id > $1.id }.prefix(max(0, limit))) }
  }

  public func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    contents.withLock { $0.runs[id.pipeline]?[id.number] }
  }

  public func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion] {
    contents.withLock { Array(($0.states[pipeline] ?? []).reversed().prefix(max(0, limit))) }
  }

  public func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    contents.withLock { Array(($0.requests[pipeline] ?? []).reversed().prefix(max(0, limit))) }
  }

  public func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord] {
    contents.withLock {
      Array(($0.slots[pipeline] ?? [:]).values.sorted { $0.instant > $1.instant }.prefix(max(0, limit)))
    }
  }

  public func commits(limit: Int) throws(StoreError) -> [CommitRecord] {
    contents.withLock { Array($0.commits.reversed().prefix(max(0, limit))) }
  }

  public func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent] {
    contents.withLock { Array(($0.intents[pipeline] ?? []).reversed().prefix(max(0, limit))) }
  }

  public func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName] {
    contents.withLock { contents in
      let names = contents.pipelines.keys.sorted()
      return Array(names.filter { candidate in name.map { $0 < candidate } ?? true }.prefix(max(0, limit)))
    }
  }

  public func past(of pipeline: PipelineName, window: Int) throws(StoreError) -> PipelinePast {
    contents.withLock { $0.past(of: pipeline, window: max(0, window)) }
  }

  public func drop(_ past: [PastToDrop]) throws(StoreError) {
    contents.withLock { contents in
      for past in past { contents.drop(past) }
    }
  }
}

private struct Contents {
  var environment: String?
  var pipelines: [PipelineName: PipelineRecord] = [:]
  /// By number.
  var runs: [PipelineName: [Int: RunRecord]] = [:]
  /// In the order of their first recording, as the three below.
  var requests: [PipelineName: [RequestRecord]] = [:]
  var intents: [PipelineName: [Intent]] = [:]
  var states: [PipelineName: [StateVersion]] = [:]
  var catalogs: [PipelineName: CatalogRecord] = [:]
  var slots: [PipelineName: [Timestamp: SlotRecord]] = [:]
  var commits: [CommitRecord] = []
  var schedules: [PipelineName: ScheduleProgress] = [:]

  func answer(_ query: StoreQuery) -> StoredState {
    let wanted = query.pipelines.map { Set($0) }
    func isWanted(_ name: PipelineName) -> Bool { wanted?.contains(name) ?? true }
    let asked = Set(query.requests)
    return StoredState(
      environment: environment,
      pipelines: pipelines.values.filter { isWanted($0.name) }.sorted { $0.name < $1.name },
      runs: runs.filter { isWanted($0.key) }.values.flatMap { of in
        let latest = of.keys.max()
        return of.values.filter { $0.isActive || $0.id.number == latest }
      }.sorted { $0.id < $1.id },
      requests: requests.values.joined()
        .filter {
          $0.state.result == nil ? isWanted($0.key.pipeline) || asked.contains($0.key) : asked.contains($0.key)
        }
        .sorted { $0.key < $1.key },
      intents: intents.filter { isWanted($0.key) }.values.joined().filter(\.state.isOpen).sorted { $0.id < $1.id },
      schedules: schedules.values.filter { isWanted($0.pipeline) }.sorted { $0.pipeline < $1.pipeline },
      occupancy: wanted.map { occupancy(besides: $0) } ?? [],
      isLedgerNew: requests.isEmpty)
  }

  private func occupancy(besides wanted: Set<PipelineName>) -> [EngineOccupancy] {
    let others = runs.filter { !wanted.contains($0.key) }.values.flatMap { $0.values.filter(\.isActive) }
    return Dictionary(grouping: others, by: \.observedFrom)
      .map { EngineOccupancy(engine: $0.key, runs: $0.value.count) }.sorted { $0.engine < $1.engine }
  }

  /// Makes the changes, or says which law they would break.
  mutating func apply(_ changes: [StateChange]) -> StoreError? {
    var touched: Set<PipelineName> = []
    for change in changes {
      if case .putRun(let record) = change { touched.insert(record.id.pipeline) }
      if let refusal = apply(change) { return refusal }
    }
    for name in touched.sorted() {
      if pipelines[name] == nil { return StoreError(.failed, "a run of \(name), which is not recorded") }
      let active = (runs[name] ?? [:]).values.filter { $0.isActive && $0.order.trigger != .external }
      if active.count > 1 { return StoreError(.failed, "two active runs of \(name)") }
    }
    return nil
  }

  private mutating func apply(_ change: StateChange) -> StoreError? {
    switch change {
    case .putPipeline(let record): pipelines[record.name] = record
    case .putRun(let record): runs[record.id.pipeline, default: [:]][record.id.number] = record
    case .putRequest(let record): return put(record)
    case .putIntent(let intent): put(intent)
    case .appendState(let version): append(version)
    case .putCatalog(let record): catalogs[record.pipeline] = record
    case .putSlot(let record):
      if slots[record.pipeline]?[record.instant] == nil {
        slots[record.pipeline, default: [:]][record.instant] = record
      }
    case .putSchedule(let progress): schedules[progress.pipeline] = progress
    case .appendCommit(let record): commits.append(record)
    case .bindEnvironment(let name): environment = name
    }
    return nil
  }

  func past(of name: PipelineName, window: Int) -> PipelinePast {
    let runs = (runs[name] ?? [:]).values.sorted { $0.id < $1.id }
    let intents = intents[name] ?? []
    return PipelinePast(
      pipeline: name, runCount: runs.count, oldestRuns: Array(runs.prefix(window)),
      lastGoodRun: runs.last { $0.report.status.outcome?.isGood ?? false }?.id,
      runsInQuestion: Set((requests[name] ?? []).compactMap(\.state.openRun)),
      intentCount: intents.count, oldestIntents: Array(intents.prefix(2 * window)),
      stateCount: (states[name] ?? []).count, slotCount: slots[name]?.count ?? 0,
      oldestSlots: Array((slots[name] ?? [:]).values.sorted { $0.instant < $1.instant }.prefix(2 * window)))
  }

  mutating func drop(_ past: PastToDrop) {
    let name = past.pipeline
    let latest = runs[name]?.keys.max()
    for run in past.runs.map(\.id) where run.number != latest && runs[name]?[run.number]?.isActive == false {
      runs[name]?[run.number] = nil
    }
    let unwanted = Set(past.intents)
    intents[name]?.removeAll { unwanted.contains($0.id) && !$0.state.isOpen }
    let count = states[name]?.count ?? 0
    states[name]?.removeFirst(min(past.states, max(0, count - 1)))
    for slot in past.slots { slots[name]?[slot] = nil }
  }

  private mutating func put(_ record: RequestRecord) -> StoreError? {
    let name = record.key.pipeline
    guard let position = requests[name]?.firstIndex(where: { $0.key == record.key }) else {
      requests[name, default: []].append(record)
      return nil
    }
    if requests[name]?[position].state.result != nil, record.state.result == nil {
      return StoreError(.failed, "\(record.key): a settled request stays settled")
    }
    requests[name]?[position] = record
    return nil
  }

  private mutating func put(_ intent: Intent) {
    let name = intent.operation.pipeline
    if let position = intents[name]?.firstIndex(where: { $0.id == intent.id }) {
      intents[name]?[position] = intent
    } else {
      intents[name, default: []].append(intent)
    }
  }

  private mutating func append(_ version: StateVersion) {
    guard !(states[version.pipeline] ?? []).contains(where: { $0.origin == version.origin }) else { return }
    states[version.pipeline, default: []].append(version)
  }
}

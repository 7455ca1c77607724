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
      if let refusal = contents.refusal(of: changes) { return refusal }
      contents.apply(changes)
      return nil
    }
    if let refusal { throw refusal }
  }

  public func latestState(of pipeline: PipelineName) throws(StoreError) -> StateVersion? {
    try states(of: pipeline, limit: 1).first
  }

  public func catalog(of pipeline: PipelineName) throws(StoreError) -> CatalogRecord? {
    contents.withLock { $0.shelves[pipeline]?.catalog }
  }

  public func runs(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    latest(limit) { ($0.shelves[pipeline]?.runs ?? [:]).values.sorted { $0.id < $1.id } }
  }

  public func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    contents.withLock { $0.shelves[id.pipeline]?.runs[id.number] }
  }

  public func states(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [StateVersion] {
    latest(limit) { $0.shelves[pipeline]?.states ?? [] }
  }

  public func requests(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    latest(limit) { $0.shelves[pipeline]?.requests ?? [] }
  }

  public func slots(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [SlotRecord] {
    latest(limit) { ($0.shelves[pipeline]?.slots ?? [:]).values.sorted { $0.instant < $1.instant } }
  }

  public func commits(limit: Int) throws(StoreError) -> [CommitRecord] {
    latest(limit) { $0.commits }
  }

  public func intents(of pipeline: PipelineName, limit: Int) throws(StoreError) -> [Intent] {
    latest(limit) { $0.shelves[pipeline]?.intents ?? [] }
  }

  public func pipelines(after name: PipelineName?, limit: Int) throws(StoreError) -> [PipelineName] {
    contents.withLock { contents in
      let names = contents.shelves.filter { $0.value.record != nil }.keys.sorted()
      return Array(names.filter { candidate in name.map { $0 < candidate } ?? true }.prefix(max(0, limit)))
    }
  }

  public func past(of name: PipelineName, window: Int) throws(StoreError) -> PipelinePast {
    contents.withLock { ($0.shelves[name] ?? MemoryShelf()).past(of: name, window: max(0, window)) }
  }

  public func drop(_ past: [PastToDrop]) throws(StoreError) {
    contents.withLock { contents in
      for past in past { contents.shelves[past.pipeline]?.drop(past) }
    }
  }

  /// The last of them, the latest first.
  private func latest<Record: Sendable>(_ limit: Int, _ all: (borrowing Contents) -> [Record]) -> [Record] {
    contents.withLock { Array(all($0).suffix(max(0, limit)).reversed()) }
  }
}

fileprivate struct Contents {
  var environment: String?
  var shelves: [PipelineName: MemoryShelf] = [:]
  var commits: [CommitRecord] = []
  /// How many active runs each engine has, as their records say.
  private var occupied: [EngineName: Int] = [:]

  func answer(_ query: StoreQuery) -> StoredState {
    let names = query.pipelines.map { Set($0).sorted() } ?? shelves.keys.sorted()
    let answered = names.compactMap { shelves[$0] }
    return StoredState(
      environment: environment,
      pipelines: answered.compactMap { $0.record },
      runs: answered.flatMap { $0.presentRuns },
      requests: requests(query, among: answered),
      intents: answered.flatMap { $0.unsettledIntents }.sorted { $0.id < $1.id },
      schedules: answered.compactMap { $0.schedule },
      occupancy: query.pipelines.map { _ in occupancy(besides: answered) } ?? [],
      isLedgerNew: shelves.values.allSatisfy { $0.requests.isEmpty })
  }

  /// Those without a result, and those that are asked for by name.
  private func requests(_ query: StoreQuery, among answered: [MemoryShelf]) -> [RequestRecord] {
    let open = answered.flatMap { $0.requests.filter { $0.state.result == nil } }
    let asked = Set(query.requests).compactMap { shelves[$0.pipeline]?.request($0) }
    let known = Set(open.map(\.key))
    return (open + asked.filter { !known.contains($0.key) }).sorted { $0.key < $1.key }
  }

  private func occupancy(besides answered: [MemoryShelf]) -> [EngineOccupancy] {
    var others = occupied
    for run in answered.flatMap({ $0.presentRuns }) where run.isActive { others[run.observedFrom, default: 0] -= 1 }
    return others.filter { $0.value > 0 }.map { EngineOccupancy(engine: $0.key, runs: $0.value) }
      .sorted { $0.engine < $1.engine }
  }

  // MARK: Writing

  /// Which law the changes would break, all together.
  func refusal(of changes: [StateChange]) -> StoreError? {
    var own: [PipelineName: Set<Int>] = [:]
    var recorded: Set<PipelineName> = []
    var settled: Set<RequestKey> = []
    for change in changes {
      switch change {
      case .putPipeline(let record): recorded.insert(record.name)
      case .putRun(let record):
        let name = record.id.pipeline
        var numbers = own[name] ?? shelves[name]?.ownRuns ?? []
        if record.isOwnAndActive { numbers.insert(record.id.number) } else { numbers.remove(record.id.number) }
        own[name] = numbers
      case .dropRun(let run):
        let name = run.pipeline
        own[name] = (own[name] ?? shelves[name]?.ownRuns ?? []).subtracting([run.number])
      case .putRequest(let record):
        let key = record.key
        let isSettled = settled.contains(key) || shelves[key.pipeline]?.request(key)?.state.result != nil
        if isSettled && record.state.result == nil {
          return StoreError(.failed, "\(key): a settled request stays settled")
        }
        if record.state.result != nil { settled.insert(key) }
      case .putIntent, .appendState, .putCatalog, .putSlot, .putSchedule, .appendCommit, .bindEnvironment: break
      }
    }
    for (name, numbers) in own.sorted(by: { $0.key < $1.key }) {
      if !recorded.contains(name), shelves[name]?.record == nil {
        return StoreError(.failed, "a run of \(name), which is not recorded")
      }
      if numbers.count > 1 { return StoreError(.failed, "two active runs of \(name)") }
    }
    return nil
  }

  mutating func apply(_ changes: [StateChange]) {
    for change in changes { apply(change) }
  }

  private mutating func apply(_ change: StateChange) {
    switch change {
    case .putPipeline(let record): shelf(record.name).record = record
    case .putRun(let record): put(record)
    case .dropRun(let run): drop(run)
    case .putRequest(let record): shelf(record.key.pipeline).put(record)
    case .putIntent(let intent): shelf(intent.operation.pipeline).put(intent)
    case .appendState(let version): shelf(version.pipeline).append(version)
    case .putCatalog(let record): shelf(record.pipeline).catalog = record
    case .putSlot(let record): shelf(record.pipeline).put(record)
    case .putSchedule(let progress): shelf(progress.pipeline).schedule = progress
    case .appendCommit(let record): commits.append(record)
    case .bindEnvironment(let name): environment = name
    }
  }

  /// Made where there is none.
  private mutating func shelf(_ name: PipelineName) -> MemoryShelf {
    if let known = shelves[name] { return known }
    let made = MemoryShelf()
    shelves[name] = made
    return made
  }

  private mutating func drop(_ run: RunID) {
    guard let before = shelf(run.pipeline).drop(run.number), before.isActive else { return }
    occupied[before.observedFrom, default: 0] -= 1
  }

  private mutating func put(_ run: RunRecord) {
    if let before = shelves[run.id.pipeline]?.runs[run.id.number], before.isActive {
      occupied[before.observedFrom, default: 0] -= 1
    }
    if run.isActive { occupied[run.observedFrom, default: 0] += 1 }
    shelf(run.id.pipeline).put(run)
  }
}

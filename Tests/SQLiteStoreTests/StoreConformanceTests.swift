import PipelineModel
import SQLiteStore
import Simulation
import StoreAPI
import Testing

/// What every store does; the one in memory is the reference that simulations run against.
@Suite(.serialized) struct StoreConformanceTests {
  typealias Samples = StoreSamples

  enum Kind: CaseIterable { case memory, sqlite }

  let folder: TestFolder
  let a = PipelineName("a")

  init() throws { folder = try TestFolder() }

  func make(_ kind: Kind) throws -> any ControlStore {
    switch kind {
    case .memory: MemoryStore()
    case .sqlite: try SQLiteStore.open(folder: folder.path)
    }
  }

  @Test(arguments: Kind.allCases) func `a new store is empty, and its ledger is new`(kind: Kind) throws {
    let store = try make(kind)
    #expect(try store.load(StoreQuery()) == StoredState())
    #expect(try store.latestState(of: a) == nil)
    #expect(try store.catalog(of: a) == nil)
    #expect(try store.run(RunID(pipeline: a, number: 1)) == nil)
  }

  @Test(arguments: Kind.allCases) func `what was committed is loaded as applying it says`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit(Samples.everything)
    let settled = Samples.request("a", "done").key
    let loaded = try store.load(StoreQuery(requests: [settled, settled, Samples.request("a", "z").key]))
    #expect(loaded == StoredState().applying(Samples.everything))
    #expect(loaded.runs.map(\.id.description) == ["a.10", "a.11", "b.2"])
    #expect(try !store.load(StoreQuery()).requests.contains { $0.key == settled })
  }

  @Test(arguments: Kind.allCases) func `each change can be a commit of its own`(kind: Kind) throws {
    let store = try make(kind)
    for change in Samples.everything { try store.commit([change]) }
    let query = StoreQuery(requests: [Samples.request("a", "done").key])
    #expect(try store.load(query) == StoredState().applying(Samples.everything))
  }

  @Test(arguments: Kind.allCases) func `a query for some pipelines sees nothing of the others`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit(Samples.everything)
    let some = try store.load(StoreQuery(pipelines: [a, a, PipelineName("unknown")]))
    #expect(some.pipelines.map(\.name) == [a])
    #expect(some.runs.map(\.id.number) == [10, 11])
    #expect(some.requests.map(\.key.request.text) == ["z"])
    #expect(some.intents.map(\.id.text) == ["start:a.10", "start:a.9"])
    #expect(some.environment == "prod" && !some.isLedgerNew)
    let none = try store.load(StoreQuery(pipelines: [], requests: [Samples.request("b", "r1").key]))
    #expect(none.pipelines.isEmpty && none.runs.isEmpty && none.intents.isEmpty)
    #expect(some.schedules.map(\.pipeline) == [a] && none.schedules.isEmpty)
    #expect(some.occupancy.isEmpty && none.occupancy == [EngineOccupancy(engine: .local, runs: 2)])
    #expect(none.requests.map(\.key.description) == ["b/r1"])
  }

  @Test(arguments: Kind.allCases) func `the order of the changes of one commit does not show in what is loaded`(
    kind: Kind
  ) throws {
    let forwards = try make(kind)
    try forwards.commit(Samples.everything)
    let expected = try forwards.load(StoreQuery())
    let other =
      kind == .memory ? MemoryStore() as any ControlStore : try SQLiteStore.open(folder: folder.parent + "/other")
    try other.commit(Samples.everything.reversed())
    #expect(try other.load(StoreQuery()) == expected)
  }

  @Test(arguments: Kind.allCases) func `histories are newest first and as long as asked`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit(Samples.everything)
    #expect(try store.runs(of: a, limit: 2).map(\.id.number) == [11, 10])
    #expect(try store.run(RunID(pipeline: a, number: 9)) == Samples.run("a", 9))
    #expect(try store.requests(of: a, limit: 10).map(\.key.request.text) == ["done", "z"])
    #expect(try store.intents(of: a, limit: 10).map(\.id.text) == ["start:a.9", "start:a.10"])
    #expect(try store.intents(of: PipelineName("b"), limit: 1).first?.state.isOpen == false)
    #expect(try store.states(of: a, limit: 10) == [Samples.state("a", run: 9, 2), Samples.state("a", run: 9, 1)])
    #expect(try store.latestState(of: a) == Samples.state("a", run: 9, 2))
    #expect(try store.catalog(of: a) == Samples.catalog("a"))
    #expect(try store.runs(of: a, limit: 0).isEmpty)
    #expect(try store.runs(of: a, limit: -1).isEmpty)
  }

  @Test(arguments: Kind.allCases) func `a state of the same origin is added once, and never replaced`(kind: Kind) throws
  {
    let store = try make(kind)
    let first = Samples.state("a", run: 1, 1, text: "{\"first\": 1}")
    let command = StateVersion(pipeline: a, origin: .command(Samples.now, reason: "back"), at: Samples.now, text: nil)
    try store.commit([.appendState(first), .appendState(command)])
    try store.commit([.appendState(Samples.state("a", run: 1, 1, text: "{\"second\": 2}"))])
    try store.commit([.appendState(command)])
    #expect(try store.states(of: a, limit: 10) == [command, first])
  }

  @Test(arguments: Kind.allCases) func `the first outcome of a slot counts`(kind: Kind) throws {
    let store = try make(kind)
    let first = Samples.slot("a", Samples.now, .skipped(.paused))
    let later = Samples.slot("a", Samples.now + TimeSpan(seconds: 60), .skipped(.policy))
    try store.commit([.putSlot(first), .putSlot(later)])
    try store.commit([.putSlot(Samples.slot("a", Samples.now, .missed(.deadlinePassed)))])
    #expect(try store.slots(of: a, limit: 9) == [later, first])
    #expect(try store.slots(of: a, limit: 1) == [later])
    #expect(try store.slots(of: PipelineName("b"), limit: 9).isEmpty)
  }

  @Test(arguments: Kind.allCases) func `what came of commits is told newest first`(kind: Kind) throws {
    let store = try make(kind)
    let records = ["one", "two", "two"].map {
      CommitRecord(source: .path("/manifests"), commit: $0, readAt: Samples.now, result: .nothingToDo)
    }
    for record in records { try store.commit([.appendCommit(record)]) }
    #expect(try store.commits(limit: 2).map(\.commit) == ["two", "two"])
    #expect(try store.commits(limit: 9) == records.reversed())
  }

  @Test(arguments: Kind.allCases) func `a request has one line, and settled it stays`(kind: Kind) throws {
    let store = try make(kind)
    let key = Samples.request("a", "r").key
    try store.commit([.putRequest(Samples.request("a", "r"))])
    let settled = Samples.request("a", "r", .settled(.nothingToCancel, at: Samples.now))
    try store.commit([.putRequest(settled)])
    try store.commit([.putRequest(settled)])
    #expect(throws: StoreError.self) { try store.commit([.putRequest(Samples.request("a", "r"))]) }
    #expect(try store.load(StoreQuery(requests: [key])).requests == [settled])
    #expect(try store.requests(of: a, limit: 10).count == 1)
  }

  @Test(arguments: Kind.allCases) func `a pipeline never has two active runs, whatever order they are written in`(
    kind: Kind
  ) throws {
    let store = try make(kind)
    try store.commit([.putPipeline(Samples.pipeline("a")), .putRun(Samples.run("a", 1, .starting))])
    #expect(throws: StoreError.self) { try store.commit([.putRun(Samples.run("a", 2, .starting))]) }
    try store.commit([.putRun(Samples.run("a", 2, .starting)), .putRun(Samples.run("a", 1, .ended(.lost)))])
    try store.commit([.putRun(Samples.run("a", 3, .active(.extract), trigger: .external))])
    try store.commit([.putRun(Samples.run("a", 2, .active(.load))), .putRun(Samples.run("a", 2))])
    #expect(try store.load(StoreQuery()).runs.map(\.id.number) == [3])
  }

  @Test(arguments: Kind.allCases) func `a commit that fails changes nothing at all`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit([.putPipeline(Samples.pipeline("a")), .putRun(Samples.run("a", 1, .starting))])
    let before = try store.load(StoreQuery())
    #expect(throws: StoreError.self) {
      try store.commit([
        .putPipeline(Samples.pipeline("a", generation: 2)), .putPipeline(Samples.pipeline("b")),
        .appendState(Samples.state("a", run: 1, 1)), .bindEnvironment("x"), .putRun(Samples.run("a", 2, .starting)),
      ])
    }
    #expect(try store.load(StoreQuery()) == before)
    #expect(try store.latestState(of: a) == nil)
  }

  // MARK: Retention

  @Test(arguments: Kind.allCases) func `the past is told oldest first, and what is dropped is gone`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit(Samples.everything)
    try store.commit((12...20).map { .putRun(Samples.run("a", $0, .ended($0 < 15 ? .succeeded : .lost))) })
    #expect(try store.pipelines(after: nil, limit: 1) == [a])
    #expect(try store.pipelines(after: a, limit: 10) == [PipelineName("b")])
    let past = try store.past(of: a, window: 3)
    #expect(past.runCount == 12 && past.intentCount == 2 && past.stateCount == 2)
    #expect(past.oldestRuns.map(\.id.number) == [9, 10, 11])
    #expect(past.lastGoodRun?.number == 14)
    #expect(past.runsInQuestion.map(\.number) == [10])
    #expect(past.oldestIntents.map(\.id.text) == ["start:a.10", "start:a.9"])
    let runs = [9, 12, 13].map { PastToDrop.Run(id: RunID(pipeline: a, number: $0), engine: .local) }
    #expect(past.slotCount == past.oldestSlots.count)
    #expect(past.oldestSlots == (try store.slots(of: a, limit: 10).reversed()))
    try store.drop([PastToDrop(pipeline: a, runs: runs, states: 1, slots: past.oldestSlots.map(\.instant))])
    #expect(try store.slots(of: a, limit: 10).isEmpty)
    #expect(try store.runs(of: a, limit: 20).map(\.id.number) == [20, 19, 18, 17, 16, 15, 14, 11, 10])
    #expect(try store.states(of: a, limit: 10) == [Samples.state("a", run: 9, 2)])
    #expect(try store.load(StoreQuery()).runs.map(\.id.description) == ["a.10", "a.11", "a.20", "b.2"])
  }

  @Test(arguments: Kind.allCases) func `what is open and what is latest stays, whatever is asked`(kind: Kind) throws {
    let store = try make(kind)
    try store.commit(Samples.everything)
    let before = try store.load(StoreQuery())
    let runs = [10, 11].map { PastToDrop.Run(id: RunID(pipeline: a, number: $0), engine: .local) }
    try store.drop([
      PastToDrop(pipeline: a, runs: runs, intents: [OperationID("start:a.10"), OperationID("start:a.9")], states: 9)
    ])
    #expect(try store.load(StoreQuery()) == before)
    #expect(try store.latestState(of: a) == Samples.state("a", run: 9, 2))
  }
}

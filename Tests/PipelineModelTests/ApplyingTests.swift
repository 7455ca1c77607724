import PipelineModel
import Testing

@Suite struct ApplyingTests {
  private let now = Timestamp(seconds: 1_000)

  private func pipeline(_ name: String, generation: Int = 1) -> PipelineRecord {
    let desired = DesiredPipeline(
      name: PipelineName(name), spec: PipelineSpec(work: .remote(id: "1")), sourceSet: .standardInput)
    return PipelineRecord(applied: desired, generation: generation, createdAt: now, appliedAt: now)
  }

  private func run(_ name: String, _ number: Int, _ status: RunStatus = .ended(.succeeded)) -> RunRecord {
    let id = RunID(pipeline: PipelineName(name), number: number)
    let order = StartOrder(
      run: id, trigger: .external, mode: .incremental, generation: 1, spec: PipelineSpec(work: .remote(id: "1")),
      refreshSchema: false)
    return RunRecord(
      order: order, orderedAt: now, report: RunReport(run: id, status: status), observedAt: now, observedFrom: .local)
  }

  private func request(_ name: String, _ id: String, _ state: RequestState) -> RequestRecord {
    let key = RequestKey(PipelineName(name), RequestID(id))
    return RequestRecord(
      key: key, job: JobRequest(request: key.request, action: .cancel), origin: .manifest, recordedAt: now, state: state
    )
  }

  private func intent(_ id: String, _ state: IntentState) -> Intent {
    let operation = Operation(
      id: OperationID(id), pipeline: PipelineName("a"), effect: .forget(PipelineName("a")), dataEffect: .none,
      reason: "")
    return Intent(operation: operation, recordedAt: now, state: state)
  }

  @Test func `pipelines stay sorted, and a later record replaces an earlier one`() {
    let state = StoredState().applying(["b", "a", "c"].map { .putPipeline(pipeline($0)) })
      .applying([.putPipeline(pipeline("b", generation: 2))])
    #expect(state.pipelines.map(\.name.text) == ["a", "b", "c"])
    #expect(state.pipelines.map(\.generation) == [1, 2, 1])
  }

  @Test func `of each pipeline the active and the latest run stay`() {
    let state = StoredState().applying([
      .putRun(run("b", 10)), .putRun(run("b", 9)), .putRun(run("a", 1)), .putRun(run("a", 2, .active(.extract))),
      .putRun(run("a", 3)), .putRun(run("b", 11)),
    ])
    #expect(state.runs.map(\.id.description) == ["a.2", "a.3", "b.11"])
    let ended = state.applying([.putRun(run("a", 2, .ended(.cancelled)))])
    #expect(ended.runs.map(\.id.description) == ["a.3", "b.11"])
    let dropped = state.applying([.dropRun(RunID(pipeline: PipelineName("a"), number: 2))])
    #expect(dropped.runs.map(\.id.description) == ["a.3", "b.11"])
  }

  @Test func `a request is replaced by its key, and the ledger is no longer new`() {
    #expect(StoredState().applying([.putPipeline(pipeline("a"))]).isLedgerNew)
    let state = StoredState().applying([
      .putRequest(request("b", "r", .pending(behind: nil))), .putRequest(request("a", "s", .pending(behind: nil))),
      .putRequest(request("b", "r", .settled(.expired, at: now))),
    ])
    #expect(state.requests.map(\.key.description) == ["a/s", "b/r"])
    #expect(state.requests.last?.state == .settled(.expired, at: now))
    #expect(!state.isLedgerNew)
  }

  @Test func `intents stay while they are open or uncertain`() {
    let state = StoredState().applying([
      .putIntent(intent("stop:a.1", .open)), .putIntent(intent("start:a.1", .uncertain("timeout", at: now))),
    ])
    #expect(state.intents.map(\.id.text) == ["start:a.1", "stop:a.1"])
    let settled = state.applying([
      .putIntent(intent("start:a.1", .settled(.done, at: now))), .putIntent(intent("x", .settled(.done, at: now))),
    ])
    #expect(settled.intents.map(\.id.text) == ["stop:a.1"])
  }

  @Test func `states and catalogs change nothing here, the environment does`() {
    let name = PipelineName("a")
    let state = StoredState().applying([
      .appendState(StateVersion(pipeline: name, origin: .command(now, reason: nil), at: now, text: "{}")),
      .putCatalog(CatalogRecord(pipeline: name, run: RunID(pipeline: name, number: 1), at: now, text: "{}")),
    ])
    #expect(state == StoredState())
    #expect(state.applying([.bindEnvironment("prod")]).environment == "prod")
  }
}

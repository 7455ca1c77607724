import ControlLoop
import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Testing

/// What a controller that stays does next, as a function of what it heard.
@Suite struct ServeStepTests {
  private static let now = Timestamp(seconds: 1_800_000_000)
  private static let orders = PipelineName("orders")
  private static let source = SourceSet.path("/srv/manifests")
  private static let wanted = DesiredState(
    pipelines: [.sample(orders, job: JobRequest(request: RequestID("first"), action: .start(StartOptions())))],
    sourceSets: [source])

  /// A controller that has looked at everything, found this, and waits.
  private func waiting(after result: LoopResult) -> ServeState {
    var state = serve(ServeState(ServeOptions()), .began(now: Self.now - TimeSpan(seconds: 5))).0
    state = serve(state, .woke([], now: Self.now)).0
    state = serve(state, .looked(result, now: Self.now)).0
    return serve(state, .tidied(isPassOver: true, now: Self.now)).0
  }

  private func result(started operation: Operation? = nil) -> LoopResult {
    LoopResult(
      outcome: .done, executed: operation.map { [Execution($0, .done)] } ?? [],
      standing: LoopStanding(decisions: [], activeRuns: []))
  }

  /// The operation that starts the pipeline's first run.
  private func start() throws -> Operation {
    let plan = makePlan(
      scope: nil, desired: Self.wanted,
      observed: ObservedState(
        stored: StoredState(), engines: [EngineAvailability(engine: .local, answer: .complete(Revision("r1")))]),
      openIntents: [],
      ledger: [], now: Self.now)
    return try #require(plan.operations.first { $0.verb == "start" })
  }

  private func news(_ found: SourceNews.Found) -> ServeEvent {
    .woke([.source(SourceNews(source: Self.source, readAt: Self.now, found: found))], now: Self.now)
  }

  @Test func `who drains waits for a run that was started a moment ago`() throws {
    let run = try #require(try start().startedRun)
    let (state, effects) = serve(
      waiting(after: result(started: try start())), .woke([.end(drain: true)], now: Self.now))
    guard case .wait(let runs, _) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(runs == [run])
    #expect(serve(state, .woke([.end(drain: false)], now: Self.now)).1.last == .finish, "the second signal ends it")
  }

  @Test func `who drains and has no run ends at once`() {
    let effects = serve(waiting(after: result()), .woke([.end(drain: true)], now: Self.now)).1
    #expect(effects.last == .finish)
  }

  @Test func `the past is looked through at the start, and not only after a while`() {
    var state = serve(ServeState(ServeOptions()), .began(now: Self.now - TimeSpan(seconds: 5))).0
    state = serve(state, .woke([], now: Self.now)).0
    #expect(serve(state, .looked(result(), now: Self.now)).1.last == .tidy)
  }

  @Test func `a commit is named before anything of it is done`() {
    let effects = serve(waiting(after: result()), news(.manifests(Self.wanted, environment: "", commit: "c1"))).1
    #expect(effects.first == .report(.applying(commit: "c1")))
    guard case .pursue(let goal) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(goal.desired == Self.wanted && goal.consents == ConsentGrant([.cancel]))
  }

  @Test func `a commit with mistakes is recorded, and nothing is pursued`() {
    let effects = serve(waiting(after: result()), news(.rejected(["orders.yaml:4:3: wrong"], commit: "c2"))).1
    guard case .report(.source(let status)) = effects.first, case .record(let changes) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(status.trouble?.reason == .rejected && status.appliedCommit == nil)
    #expect(changes.count == 1)
  }
}

extension Operation {
  fileprivate var startedRun: RunID? {
    if case .start(let order) = effect { order.run } else { nil }
  }
}

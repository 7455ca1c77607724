import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import Simulation
import Synchronization
import Testing

/// What an apply waits for besides what it starts itself.
@Suite struct WaitingTests {
  private let host = ModelHost(seed: 4)
  /// Knows nothing of what was started on the other one: to a controller those runs are lost.
  private let bereft = ModelHost(seed: 3)
  private let store = MemoryStore()
  private let orders = PipelineName("orders")
  private static let backoff = TimeSpan(seconds: 10)

  private func controller(_ host: ModelHost, waiter: (any RunWaiter)? = nil) -> Controller {
    Controller(store: store, engines: [host], lock: host, clock: host, waiter: waiter ?? host)
  }

  private func desired(_ mode: RunMode? = nil, set: String = "/srv/manifests") -> DesiredState {
    let job = JobRequest(request: RequestID("first"), action: .start(StartOptions(mode: mode)))
    var pipeline = DesiredPipeline.sample(orders, sourceSet: .path(set), job: job)
    pipeline.spec.retry = RetryPolicy(attempts: 3, backoff: Self.backoff)
    return DesiredState(pipelines: [pipeline], sourceSets: [.path(set)])
  }

  /// An apply that did not wait, or was killed.
  private func started(_ mode: RunMode? = nil) async {
    let result = await controller(host).run(LoopGoal(desired: desired(mode), until: .started))
    #expect(result.runs.map(\.isActive) == [true])
  }

  // MARK: A run that is to be tried again

  @Test func `a waiting apply makes the attempt that is due and waits for its end`() async throws {
    await started()
    let result = await controller(bereft).run(LoopGoal(desired: desired()))
    #expect(result.outcome == .done)
    #expect(result.firstPlan?.operations == [])
    #expect(result.executed.map(\.operation.id.text) == ["start:orders.1#2"])
    #expect(result.runs.map(\.id.description) == ["orders.1"])
    #expect(result.runs.allSatisfy { !$0.isActive && $0.report.attempt >= 2 })
    #expect(!bereft.isLocked)
    let again = try await controller(bereft).preview(LoopGoal(desired: desired()))
    #expect(again.plan.operations == [] && again.plan.bookkeeping == [])
  }

  @Test func `it sleeps until the very instant of the attempt`() async {
    await started()
    let lostAt = bereft.now()
    let waiter = NotedWaits(host: bereft)
    _ = await controller(bereft, waiter: waiter).run(LoopGoal(desired: desired()))
    #expect(waiter.first == NotedWaits.Wait(runs: [], until: lostAt + Self.backoff))
  }

  @Test func `the attempt is made for whoever applies, whatever the manifests speak of`() async {
    await started()
    let result = await controller(bereft).run(LoopGoal(desired: DesiredState()))
    #expect(result.executed.map(\.operation.id.text) == ["start:orders.1#2"])
    #expect(result.runs.allSatisfy { !$0.isActive })
  }

  @Test(arguments: [WaitGoal.started, .planned])
  func `without waiting the attempt is left to the next`(until: WaitGoal) async throws {
    await started()
    let result = await controller(bereft).run(LoopGoal(desired: desired(), until: until))
    #expect(result.outcome == .done)
    #expect(result.executed.isEmpty)
    #expect(bereft.waits == 0)
    #expect(try store.run(RunID(pipeline: orders, number: 1))?.retryAt != nil)
  }

  @Test func `a command that is refused does not wait for the attempt`() async {
    await started()
    let job = JobRequest(request: RequestID("by-hand"), action: .start(StartOptions()))
    let record = RequestRecord(
      key: RequestKey(orders, job.request), job: job, origin: .command(by: "tester"), recordedAt: bereft.now(),
      state: .pending(behind: nil))
    let result = await controller(bereft).run(LoopGoal(scope: [orders], submissions: [.request(record)]))
    #expect(result.requests.first?.state.result == .refused(.alreadyRunning(RunID(pipeline: orders, number: 1))))
    #expect(bereft.waits == 0)
  }

  @Test func `a pipeline of somebody else's is not waited for`() async {
    await started()
    var foreign = desired(set: "/srv/others")
    foreign.pipelines[0].spec.job = nil
    let result = await controller(bereft).run(LoopGoal(desired: foreign))
    #expect(result.outcome == .done)
    #expect(bereft.waits == 0)
  }

  @Test func `an interruption before the attempt leaves it to the next`() async {
    await started()
    bereft.interrupt()
    let result = await controller(bereft).run(LoopGoal(desired: desired()))
    #expect(result.outcome == .interrupted)
    #expect(result.runs.map(\.id.description) == ["orders.1"])
    #expect(bereft.engine.runs.isEmpty)
  }

  // MARK: A run that goes on

  @Test func `a second apply waits for the run that its request had started`() async {
    await started()
    let result = await controller(host).run(LoopGoal(desired: desired()))
    #expect(result.outcome == .done)
    #expect(result.firstPlan?.operations == [])
    #expect(result.executed.isEmpty)
    #expect(result.runs.map(\.id.description) == ["orders.1"])
    #expect(result.runs.allSatisfy { !$0.isActive })
    #expect(host.waits > 0)
  }

  @Test func `an end that nobody has taken in yet is counted too`() async {
    await started()
    host.change { $0.advance(to: $0.now + TimeSpan(seconds: 86_400)) }
    let result = await controller(host).run(LoopGoal(desired: desired()))
    #expect(result.runs.map(\.isActive) == [false])
    #expect(host.waits == 0)
    let third = await controller(host).run(LoopGoal(desired: desired()))
    #expect(third.runs.isEmpty, "it is counted once")
  }

  @Test func `a continuous run that goes on is not waited for`() async {
    await started(.continuous)
    let result = await controller(host).run(LoopGoal(desired: desired(.continuous)))
    #expect(result.outcome == .done)
    #expect(result.firstPlan?.decisions.map(\.reason) == [.runActive(RunID(pipeline: orders, number: 1))])
    #expect(host.waits == 0)
  }

  @Test func `a run that no request of the manifests had started is not waited for`() async {
    await started()
    var other = desired()
    other.pipelines[0].spec.job = nil
    let result = await controller(host).run(LoopGoal(desired: other))
    #expect(result.outcome == .done)
    #expect(host.waits == 0)
  }

  @Test func `without waiting a second apply returns at once`() async {
    await started()
    let result = await controller(host).run(LoopGoal(desired: desired(), until: .started))
    #expect(result.outcome == .done)
    #expect(result.runs.isEmpty)
    #expect(host.waits == 0)
  }

  @Test(arguments: [WaitGoal.started, .settled])
  func `a saved plan that was applied waits for its runs only when asked to`(until: WaitGoal) async throws {
    let plan = try await controller(host).preview(LoopGoal(desired: desired())).plan
    var goal = LoopGoal(desired: desired(), until: .started, savedPlan: plan.operations)
    #expect(await controller(host).run(goal).outcome == .done)
    goal.until = until
    let preview = try await controller(host).preview(goal)
    #expect(preview.refusal == .alreadyApplied)
    #expect(preview.runsUnderWay.isEmpty == (until == .started))
    let again = await controller(host).run(goal)
    #expect(again.outcome == .alreadyApplied)
    #expect(again.executed.isEmpty)
    #expect(again.runs.map(\.isActive) == (until == .started ? [] : [false]))
    #expect(!host.isLocked)
  }
}

/// Remembers what was waited for first.
private final class NotedWaits: RunWaiter {
  struct Wait: Hashable {
    var runs: [RunID]
    var until: Timestamp?
  }

  private let host: ModelHost
  private let noted = Mutex<Wait?>(nil)

  init(host: ModelHost) { self.host = host }

  var first: Wait? { noted.withLock { $0 } }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    noted.withLock { $0 = $0 ?? Wait(runs: runs, until: deadline) }
    return await host.wait(for: runs, until: deadline)
  }
}

import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Testing

@Suite struct ControllerTests {
  private let host = ModelHost(seed: 3)
  private let store = MemoryStore()
  private let orders = PipelineName("orders")

  private var controller: Controller {
    Controller(store: store, engines: [host], lock: host, clock: host, waiter: host)
  }

  private func desired(_ job: JobAction? = nil, id: String = "first") -> DesiredState {
    let job = job.map { JobRequest(request: RequestID(id), action: $0) }
    return DesiredState(pipelines: [.sample(orders, job: job)], sourceSets: [.path("/srv/manifests")])
  }

  private func record(_ id: String, _ action: JobAction) -> Submission {
    .request(
      RequestRecord(
        key: RequestKey(orders, RequestID(id)), job: JobRequest(request: RequestID(id), action: action),
        origin: .command(by: "tester"), recordedAt: host.now(), state: .pending(behind: nil)))
  }

  @Test func `an apply starts what is asked for and waits for its end`() async {
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    #expect(result.outcome == .done)
    #expect(result.executed.map(\.operation.id.text) == ["create:orders@1", "start:orders.1"])
    #expect(result.runs.map(\.id.description) == ["orders.1"])
    #expect(result.runs.allSatisfy { !$0.isActive })
    #expect(result.requests.first?.state.result == .done(RunID(pipeline: orders, number: 1)))
    #expect(host.waits > 0)
    #expect(!host.isLocked)
  }

  @Test func `the second apply of the same manifests has nothing to do`() async {
    _ = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    let again = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    #expect(again.outcome == .done)
    #expect(again.executed.isEmpty)
    #expect(again.firstPlan?.operations == [])
    #expect(host.engine.runs.count == 1)
  }

  @Test func `without waiting it returns as soon as the run has started`() async {
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions())), until: .started))
    #expect(result.outcome == .done)
    #expect(result.runs.first?.isActive == true)
    #expect(host.waits == 0)
  }

  @Test func `a cancel that nobody agreed to leaves no trace`() async throws {
    _ = await controller.run(LoopGoal(desired: desired(.start(StartOptions(mode: .continuous))), until: .started))
    let before = try store.requests(of: orders, limit: 10)
    let goal = LoopGoal(scope: [orders], submissions: [record("stop", .cancel)])
    let refused = await controller.run(goal)
    guard case .consentNeeded(let operations) = refused.outcome else {
      Issue.record("\(refused.outcome)")
      return
    }
    #expect(operations.map(\.id.text) == ["cancel:orders.1"])
    #expect(try store.requests(of: orders, limit: 10) == before)

    var agreed = goal
    agreed.consents = ConsentGrant(operations: Set(operations.map(\.id)))
    let result = await controller.run(agreed)
    #expect(result.outcome == .done)
    #expect(result.runs.first?.report.status == .ended(.cancelled))
  }

  @Test func `a preview writes nothing`() async throws {
    let preview = try await controller.preview(LoopGoal(desired: desired(.start(StartOptions()))))
    #expect(preview.plan.operations.map(\.id.text) == ["create:orders@1", "start:orders.1"])
    #expect(preview.refusal == nil)
    #expect(try store.load(StoreQuery()).pipelines.isEmpty)
    #expect(!host.isLocked)
  }

  @Test func `an interruption leaves the run going`() async {
    host.interrupt()
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    #expect(result.outcome == .interrupted)
    #expect(host.engine.active(of: orders).count == 1)
    #expect(!host.isLocked)
  }

  @Test func `a held lock names its holder`() async {
    host.occupy(by: "pid 17")
    let result = await controller.run(LoopGoal(desired: desired()))
    #expect(result.outcome == .lockHeld(by: "pid 17"))
    #expect(host.isLocked)
  }

  @Test func `an engine that was never read ends the call, and the request stays pending`() async throws {
    host.change { $0.outageUntil = $0.now + TimeSpan(seconds: 60) }
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    guard case .enginesUnavailable = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.requests.first?.state == .pending(behind: nil))
    #expect(host.engine.runs.isEmpty)
  }

  @Test func `what a request does later is agreed to before it is recorded, and holds where nobody can be asked`()
    async throws
  {
    _ = await controller.run(LoopGoal(desired: desired()))
    host.change { $0.outageUntil = $0.now + TimeSpan(seconds: 60) }
    let anew = record("anew", .start(StartOptions(dropDestinationFirst: true)))
    var goal = LoopGoal(scope: [orders], submissions: [anew])
    guard case .consentNeeded(let operations) = await controller.run(goal).outcome else {
      Issue.record("nobody was asked")
      return
    }
    #expect(operations.map(\.dataEffect) == [.rewritesDestination])
    #expect(try store.requests(of: orders, limit: 10).isEmpty, "it left no trace")

    goal.consents = ConsentGrant(operations: Set(operations.map(\.id)))
    _ = await controller.run(goal)
    #expect(try store.requests(of: orders, limit: 10).first?.agreed == [.rewrite])
    host.change { $0.outageUntil = $0.now }
    let look = LoopGoal(consents: ConsentGrant(), until: .planned, isUnattended: true)
    #expect(await controller.run(look).executed.map(\.operation.id.text) == ["start:orders.1"])
  }

  @Test func `a fault with one pipeline holds no other one back where nobody can be asked`() async throws {
    let customers = PipelineName("customers")
    var both = desired(.start(StartOptions()))
    both.pipelines.insert(.sample(customers), at: 0)
    _ = await controller.run(LoopGoal(desired: both, until: .started))
    let plan = try await controller.preview(
      LoopGoal(
        submissions: [
          .request(
            RequestRecord(
              key: RequestKey(customers, RequestID("go")),
              job: JobRequest(request: RequestID("go"), action: .start(StartOptions())), origin: .command(by: "tester"),
              recordedAt: host.now(), state: .pending(behind: nil)))
        ])
    ).plan
    let good = try #require(plan.operations.first { $0.pipeline == customers })
    guard case .start(var order) = good.effect else {
      Issue.record("\(good)")
      return
    }
    order.run = RunID(pipeline: orders, number: 2)
    let bad = Operation(
      id: OperationID("start:orders.2"), pipeline: orders, effect: .start(order), dataEffect: .none,
      reason: "a second run beside the first")
    let look = LoopGoal(until: .planned, savedPlan: [bad, good], isUnattended: true)
    let result = await controller.run(look)
    #expect(result.outcome == .done)
    #expect(result.heldBack.map(\.pipeline) == [orders])
    #expect(result.executed.map(\.operation.pipeline) == [customers])
    let attended = LoopGoal(until: .planned, savedPlan: [bad])
    guard case .lawBroken = await controller.run(attended).outcome else {
      Issue.record("who is attended is told")
      return
    }
  }

  @Test func `an engine that nobody configured counts as unavailable`() async {
    let controller = Controller(store: store, engines: [], lock: host, clock: host, waiter: host)
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    guard case .enginesUnavailable(let engines) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(engines.first?.answer == .unavailable("no engine named `local` is configured"))
  }

  @Test func `a lost answer is read back and nothing is started twice`() async {
    host.change { $0.faults = FaultRates(lostAnswer: 100) }
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    #expect(result.outcome == .done)
    #expect(result.executed.last?.answer == .uncertain("timed out"))
    #expect(host.engine.runs.count == 1)
  }

  @Test func `an engine that never does it is given up on`() async {
    host.change { $0.faults = FaultRates(lostCall: 100) }
    let result = await controller.run(LoopGoal(desired: desired(.start(StartOptions()))))
    guard case .notConverging(let operations) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(operations.map(\.id.text) == ["start:orders.1"])
    #expect(host.engine.runs.isEmpty)
  }

  /// The engine starts one at a time, and each ends so soon, that there is something to do in every round and never a wait.
  @Test func `many short jobs are done in as many rounds as they take`() async {
    let job = JobRequest(request: RequestID("first"), action: .start(StartOptions()))
    let pipelines = (100..<150).map { number in
      var pipeline = DesiredPipeline.sample(PipelineName("orders-\(number)"), job: job)
      pipeline.spec.engine.maxConcurrentRuns = 1
      return pipeline
    }
    let controller = Controller(
      store: store, engines: [QuickEngine(host: host)], lock: host, clock: host, waiter: host)
    let result = await controller.run(LoopGoal(desired: DesiredState(pipelines: pipelines)))
    #expect(result.outcome == .done)
    #expect(host.engine.runs.count == pipelines.count)
    #expect(host.engine.runs.values.allSatisfy { $0.status.isEnded })
    #expect(host.waits == 0)
  }

  @Test func `a folder serves one environment`() async {
    _ = await controller.run(LoopGoal(desired: desired(), environment: "prod"))
    let result = await controller.run(LoopGoal(desired: desired(), environment: "test"))
    #expect(result.outcome == .environmentMismatch(folder: "prod", asked: "test"))
  }

  @Test func `a command for a pipeline that is not there is refused`() async throws {
    let result = await controller.run(LoopGoal(scope: [orders], submissions: [record("x", .start(StartOptions()))]))
    #expect(result.outcome == .notManaged([orders]))
    #expect(try store.requests(of: orders, limit: 1).isEmpty)
  }

  @Test func `a saved plan is applied once`() async throws {
    let wanted = desired(.start(StartOptions()))
    let plan = try await controller.preview(LoopGoal(desired: wanted)).plan
    let goal = LoopGoal(desired: wanted, savedPlan: plan.operations)
    #expect(await controller.run(goal).outcome == .done)
    #expect(await controller.run(goal).outcome == .alreadyApplied)
    #expect(host.engine.runs.count == 1)
  }

  @Test func `a saved plan is refused where the world has moved on`() async throws {
    let wanted = desired(.start(StartOptions()))
    let plan = try await controller.preview(LoopGoal(desired: wanted)).plan
    _ = await controller.run(LoopGoal(desired: desired()))
    let result = await controller.run(LoopGoal(desired: wanted, savedPlan: plan.operations))
    guard case .savedPlanOutdated(let failed) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(failed.map(\.precondition).contains(.generation(0)))
    #expect(host.engine.runs.isEmpty)
  }

  @Test func `a waiting apply does not take back what a later one recorded`() async throws {
    let first = await controller.run(
      LoopGoal(desired: desired(.start(StartOptions(mode: .continuous))), until: .started))
    #expect(first.outcome == .done)
    let late = LateApply(store: store, host: host, desired: desired(.cancel, id: "second"))
    let waiting = Controller(store: store, engines: [host], lock: host, clock: host, waiter: late)
    _ = await waiting.run(LoopGoal(desired: desired(.start(StartOptions(ifRunning: .wait)), id: "behind")))
    let recorded = try store.load(StoreQuery()).pipelines.first
    #expect(recorded?.applied.spec.job?.request == RequestID("second"))
    #expect(recorded?.generation == 3)
  }
}

/// While somebody waits, somebody else applies.
private final class LateApply: RunWaiter {
  private let store: MemoryStore
  private let host: ModelHost
  private let desired: DesiredState

  init(store: MemoryStore, host: ModelHost, desired: DesiredState) {
    self.store = store
    self.host = host
    self.desired = desired
  }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    if host.waits == 0 {
      let other = Controller(store: store, engines: [host], lock: host, clock: host, waiter: host)
      _ = await other.run(LoopGoal(desired: desired, consents: .everything))
    }
    return await host.wait(for: runs, until: deadline)
  }
}

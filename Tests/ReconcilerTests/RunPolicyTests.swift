import PipelineModel
import Reconciler
import Testing

@Suite struct RunPolicyTests {
  private func started(
    _ options: StartOptions = StartOptions(), change: @escaping (inout PipelineSpec) -> Void = { _ in }
  ) -> DesiredPipeline {
    World.pipeline {
      $0.job = World.job("a", .start(options))
      change(&$0)
    }
  }

  @Test func `a start that was never executed is planned again under the same id`() {
    var world = World()
    let plan = world.plan([started()])
    world.stored = world.stored.applying(plan.bookkeeping)
    world.stored = world.stored.applying(intentChanges(for: plan.operations, stored: world.stored, now: world.now))
    let again = world.plan([started()])
    #expect(again.ids == ["start:orders.1"])
    world.carryOut(again)
    #expect(world.result(of: "a") == .done(firstRun))
    #expect(world.reports.count == 1)
  }

  @Test func `a run that never began is cancelled without being begun`() {
    var world = World()
    let ordered = world.plan([started()])
    world.stored = world.stored.applying(intentChanges(for: ordered.operations, stored: world.stored, now: world.now))
    let plan = world.plan([World.pipeline { $0.job = World.job("stop", .cancel) }])
    #expect(plan.ids == ["update:orders@2", "cancel:orders.1"])
    world.carryOut(plan) { _ in .runUnknown }
    #expect(world.apply([World.pipeline { $0.job = World.job("stop", .cancel) }]).isEmpty)
    #expect(world.stored.runs.last?.report.status == .ended(.cancelled))
    #expect(world.reports.isEmpty)
  }

  @Test func `a start whose answer was lost is read back and not repeated`() {
    var world = World()
    let plan = world.plan([started()])
    world.carryOut(plan) { _ in .uncertain("timed out") }
    world.reports = [RunReport(run: firstRun, status: .active(.extract), startedAt: world.now)]
    #expect(world.plan([started()]).operations.isEmpty)
    #expect(world.result(of: "a") == .done(firstRun))
  }

  @Test func `an open intent of an engine that cannot be read is left alone`() {
    var world = World()
    world.carryOut(world.plan([started()])) { _ in .uncertain("timed out") }
    world.unavailable = "no answer"
    let plan = world.plan([started()])
    #expect(plan.operations.isEmpty)
    #expect(plan.decisions.first?.reason == .intentOpen(OperationID("start:orders.1")))
  }

  @Test(arguments: NoProgressAction.allCases)
  func `a run that moved nothing pauses its pipeline only where that is asked for`(action: NoProgressAction) {
    let desired = started { $0.limits = Limits(noProgress: TimeSpan(seconds: 60), noProgressAction: action) }
    var world = World()
    world.apply([desired])
    world.end(firstRun, .failed(Failure(.noProgress, "nothing moved")))
    world.apply([desired])
    let pause = world.record()?.pause(at: world.now)
    #expect((pause != nil) == (action == .pause))
    #expect(pause?.reason?.contains("orders.1 moved nothing") ?? true)
    #expect(world.plan([desired]).operations.isEmpty)
  }

  @Test func `another failure pauses nothing, and a pause by command stays as it was`() {
    let desired = started { $0.limits = Limits(noProgress: TimeSpan(seconds: 60), noProgressAction: .pause) }
    var failed = World()
    failed.apply([desired])
    var paused = failed
    failed.end(firstRun, .failed(Failure(.tapFailed, "exited with 1")))
    failed.apply([desired])
    #expect(failed.record()?.override == nil)
    let override = PauseOverride(isPaused: true, reason: "mine", by: "ann", since: paused.now, until: nil)
    paused.stored.pipelines[0].override = override
    paused.end(firstRun, .failed(Failure(.noProgress, "nothing moved")))
    paused.apply([desired])
    #expect(paused.record()?.override == override)
  }

  @Test func `a lost run without attempts left is lost`() {
    var world = World()
    world.apply([started()])
    world.end(firstRun, .lost)
    #expect(world.apply().isEmpty)
    #expect(world.stored.runs.last?.report.status == .ended(.lost))
  }

  @Test func `a lost run with attempts left is tried again under the same id after its backoff`() {
    var world = World()
    world.apply([started { $0.retry = RetryPolicy(attempts: 2, backoff: TimeSpan(seconds: 30)) }])
    world.end(firstRun, .lost)
    let waiting = world.plan()
    #expect(waiting.operations.isEmpty)
    #expect(waiting.wakeAt == world.now + TimeSpan(seconds: 30))
    world.now = world.now + TimeSpan(seconds: 30)
    #expect(world.apply().map(\.id.text) == ["start:orders.1#2"])
    world.end(firstRun, .lost)
    #expect(world.apply().isEmpty)
  }

  @Test func `law 7: a run that a complete answer does not know is lost, and one of an unavailable engine is not`() {
    var world = World()
    world.apply([started()])
    world.reports = []
    world.unavailable = "no answer"
    #expect(world.apply().isEmpty)
    #expect(world.stored.runs.last?.isActive == true)
    world.unavailable = nil
    world.apply()
    #expect(world.stored.runs.last?.report.status == .ended(.lost))
  }

  @Test func `a lost run that was being cancelled is verified gone`() {
    var world = World()
    world.apply([started()])
    world.apply([World.pipeline { $0.job = World.job("stop", .cancel) }])
    world.end(firstRun, .lost)
    world.apply()
    #expect(world.stored.runs.last?.report.status == .ended(.cancelled))
    #expect(world.result(of: "stop") == .done(firstRun))
  }

  @Test func `a run that a service tells no more of is lost, also where it was being cancelled`() {
    var world = World()
    world.engine = EngineName("far")
    let far: (inout PipelineSpec) -> Void = { spec in
      (spec.engine, spec.work) = (EngineSpec(name: EngineName("far"), type: "acme"), .remote(id: "4711"))
    }
    world.apply([
      World.pipeline {
        far(&$0)
        $0.job = World.job("go")
      }
    ])
    world.report(firstRun) { $0.status = .active(.extract) }
    world.apply([
      World.pipeline {
        far(&$0)
        $0.job = World.job("stop", .cancel)
      }
    ])
    #expect(world.stored.runs.last?.cancelledAt != nil)
    world.end(firstRun, .lost)
    world.apply()
    #expect(world.stored.runs.last?.report.status == .ended(.lost))
    #expect(world.result(of: "stop") == .alreadyEnded(firstRun))
    #expect(world.apply().isEmpty)
  }

  @Test func `law 10: states are kept as the target confirms them, once each`() {
    var world = World()
    world.apply([started()])
    world.report(firstRun) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    let changes = absorb(world.answers, into: world.stored, now: world.now).changes
    #expect(changes.contains { if case .appendState = $0 { true } else { false } })
    world.stored = world.stored.applying(changes)
    #expect(absorb(world.answers, into: world.stored, now: world.now).changes.isEmpty)
  }

  @Test func `a historical run's states replace the old ones only when it succeeds`() {
    var world = World()
    world.apply([started(StartOptions(mode: .historical))])
    world.report(firstRun) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    #expect(!absorb(world.answers, into: world.stored, now: world.now).changes.contains(where: isState))
    world.end(firstRun, .succeeded)
    #expect(absorb(world.answers, into: world.stored, now: world.now).changes.contains(where: isState))
  }

  @Test func `a cancelled historical run makes the next run historical, with discovery`() {
    var world = World()
    world.apply([started(StartOptions(mode: .historical))])
    world.end(firstRun, .cancelled)
    let plan = world.plan([World.pipeline { $0.job = World.job("next") }])
    guard case .start(let order)? = plan.operations.last?.effect else {
      Issue.record("no start in \(plan.ids)")
      return
    }
    #expect(order.mode == .historical)
    #expect(order.refreshSchema)
  }

  @Test func `a snapshot's states are never kept`() {
    var world = World()
    world.apply([started(StartOptions(mode: .snapshot))])
    world.report(firstRun) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    world.end(firstRun, .succeeded)
    #expect(!absorb(world.answers, into: world.stored, now: world.now).changes.contains(where: isState))
  }

  @Test func `a run that the records have lost is taken in again`() {
    var world = World()
    world.apply([started()])
    let reports = world.reports
    world.reports = []
    var forgetful = World()
    forgetful.apply([World.pipeline()])
    forgetful.reports = reports
    _ = forgetful.plan()
    #expect(forgetful.stored.runs.map(\.id) == [firstRun])
    #expect(forgetful.record()?.lastRunNumber == 1)
  }

  @Test func `law 12: dropping the destination first is called a rewrite and needs consent`() {
    var world = World()
    let plan = world.plan([started(StartOptions(dropDestinationFirst: true))])
    #expect(plan.operations.last?.dataEffect == .rewritesDestination)
    #expect(plan.consents.map(\.1) == [.rewrite])
  }

  @Test func `a destination that cannot be dropped first is not taken for one that was`() {
    var world = World()
    var pipeline = started(StartOptions(dropDestinationFirst: true))
    guard case .replication(var replication) = pipeline.spec.work else { return }
    replication.destination.connector = .executable("target-jsonl")
    pipeline.spec.work = .replication(replication)
    world.apply([pipeline])
    #expect(world.stored.runs.isEmpty)
    #expect(world.stored.requests.map(\.state.result) == [.refused(.cannotDropDestination)])
  }

  private func isState(_ change: StateChange) -> Bool {
    if case .appendState = change { true } else { false }
  }

  @Test func `on an engine where others start runs too a controller that stays looks now and then`() {
    let remote = World.pipeline { $0.engine = EngineSpec(name: EngineName("elsewhere"), type: "elsewhere") }
    var world = World()
    world.apply([remote])
    #expect(world.plan().wakeAt == nil, "a command has nothing to wait for")
    world.isUnattended = true
    #expect(world.plan().wakeAt == world.now + TimeSpan(seconds: 300))
    world.apply([World.pipeline()])
    #expect(world.plan().wakeAt == nil)
  }
}

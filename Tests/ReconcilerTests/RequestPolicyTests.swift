import PipelineModel
import Reconciler
import Testing

@Suite struct RequestPolicyTests {
  private func started(_ id: String = "a", _ options: StartOptions = StartOptions()) -> DesiredPipeline {
    World.pipeline { $0.job = World.job(id, .start(options)) }
  }

  private func running() -> World {
    var world = World()
    world.apply([started()])
    return world
  }

  @Test func `law 2: a request starts one run, however often it is applied`() {
    var world = World()
    #expect(world.apply([started()]).map(\.id.text) == ["create:orders@1", "start:orders.1"])
    #expect(world.result(of: "a") == .done(firstRun))
    world.end(firstRun, .succeeded)
    #expect(world.apply([started()]).isEmpty)
  }

  @Test func `going back to an older commit starts nothing twice`() {
    var world = running()
    world.end(firstRun, .succeeded)
    world.apply([started("b")])
    world.end(secondRun, .succeeded)
    #expect(world.apply([started("a")]).map(\.verb) == ["update"])
  }

  @Test func `the same id with another action does nothing and warns`() {
    var world = running()
    let changed = World.pipeline { $0.job = World.job("a", .cancel) }
    let plan = world.plan([changed])
    #expect(plan.ids == ["update:orders@2"])
    #expect(plan.warnings.count == 1)
  }

  @Test func `a start beside an active run is refused, and that is its result`() {
    var world = running()
    world.apply([started("b")])
    #expect(world.result(of: "b") == .refused(.alreadyRunning(firstRun)))
    world.end(firstRun, .succeeded)
    #expect(world.apply([started("b")]).isEmpty)
  }

  @Test func `a start beside what is somebody else's is refused in the engine's words, and leaves no run`() {
    var world = World()
    world.carryOut(world.plan([started()])) { _ in .occupied("job 7 goes on") }
    #expect(world.result(of: "a") == .refused(.engine("job 7 goes on")))
    #expect(world.stored.runs == [])
    #expect(world.stored.pipelines.first?.lastRunNumber == 1, "its number is not given again")
    #expect(world.apply([started()]).isEmpty)
  }

  @Test(arguments: [ConflictPolicy.wait, .replace])
  func `one that waits is sent again as the same run until there is room`(policy: ConflictPolicy) {
    var world = World()
    let waiting = [started("a", StartOptions(ifRunning: policy))]
    for _ in 1...2 { world.carryOut(world.plan(waiting)) { _ in .occupied("job 7 goes on") } }
    #expect(world.apply(waiting).map(\.id.text) == ["start:orders.1"])
    #expect(world.stored.runs.count == 1)
    #expect(world.result(of: "a") == .done(firstRun))
  }

  @Test func `a start that waits begins when the run before it is over, however it ended`() {
    var world = running()
    world.apply([started("b", StartOptions(ifRunning: .wait))])
    #expect(world.request("b")?.state == .pending(behind: firstRun))
    world.end(firstRun, .failed(Failure(.tapFailed, "it died")))
    #expect(world.apply().map(\.id.text) == ["start:orders.2"])
  }

  @Test func `a start that replaces cancels first, and starts only when the cancel is verified`() {
    var world = running()
    let plan = world.plan([started("b", StartOptions(ifRunning: .replace))])
    #expect(plan.ids == ["update:orders@2", "cancel:orders.1"])
    #expect(plan.consents.map(\.1) == [.cancel])
    world.carryOut(plan)
    #expect(world.plan().operations.isEmpty)
    world.report(firstRun) { $0.status = .unconfirmed(since: World.dawn) }
    #expect(world.plan().operations.isEmpty)
    world.end(firstRun, .cancelled)
    #expect(world.apply().map(\.id.text) == ["start:orders.2"])
    #expect(world.result(of: "b") == .done(secondRun))
  }

  @Test func `a start waits until what a dead supervisor left behind is gone`() {
    var world = World()
    world.apply([started("a")])
    world.report(firstRun) { $0.status = .unconfirmed(since: World.dawn) }
    world.apply([started("b")])
    #expect(world.request("b")?.state == .pending(behind: firstRun))
    world.end(firstRun, .lost)
    world.apply([started("b")])
    #expect(world.result(of: "b") == .done(secondRun))
  }

  @Test func `law 4: a cancel stops the active run, and its result waits for the end`() {
    var world = running()
    let cancel = World.pipeline { $0.job = World.job("stop", .cancel) }
    let plan = world.plan([cancel])
    #expect(plan.operations.last?.dataEffect == .cancelsRun)
    world.carryOut(plan)
    #expect(world.request("stop")?.state == .acting(firstRun))
    #expect(world.plan([cancel]).operations.isEmpty)
    world.end(firstRun, .cancelled)
    #expect(world.apply([cancel]).isEmpty)
    #expect(world.result(of: "stop") == .done(firstRun))
  }

  @Test func `a cancel of nothing is done, and hits no later run`() {
    var world = World()
    let cancel = World.pipeline { $0.job = World.job("stop", .cancel) }
    world.apply([cancel])
    #expect(world.result(of: "stop") == .nothingToCancel)
    world.apply([started()])
    #expect(world.apply([cancel]).map(\.verb) == ["update"])
  }

  @Test func `a cancel recorded while the engine was away aims at the run of that moment`() {
    var world = running()
    let cancel = World.pipeline { $0.job = World.job("stop", .cancel) }
    world.unavailable = "no answer"
    world.apply([cancel])
    #expect(world.request("stop")?.state == .pending(behind: firstRun))
    world.unavailable = nil
    world.end(firstRun, .succeeded)
    world.apply()
    #expect(world.result(of: "stop") == .alreadyEnded(firstRun))
  }

  @Test func `an unavailable engine leaves a start pending, never refused`() {
    var world = World()
    world.unavailable = "no answer"
    #expect(world.apply([started()]).map(\.verb) == ["create"])
    #expect(world.request("a")?.state == .pending(behind: nil))
    world.unavailable = nil
    #expect(world.apply([started()]).map(\.verb) == ["start"])
  }

  @Test func `a newer id supersedes a pending one`() {
    var world = running()
    world.apply([started("b", StartOptions(ifRunning: .wait))])
    world.apply([started("c", StartOptions(ifRunning: .wait))])
    #expect(world.result(of: "b") == .superseded(by: RequestID("c")))
    world.end(firstRun, .succeeded)
    #expect(world.apply().map(\.id.text) == ["start:orders.2"])
    #expect(world.result(of: "c") == .done(secondRun))
  }

  @Test func `a pending request expires at its instant, and the plan wakes for it`() {
    var world = running()
    let late = World.pipeline {
      $0.job = World.job("b", .start(StartOptions(ifRunning: .wait)), expireAfter: TimeSpan(seconds: 60))
    }
    world.apply([late])
    #expect(world.plan([late]).wakeAt == world.now + TimeSpan(seconds: 60))
    world.now = world.now + TimeSpan(seconds: 60)
    world.apply([late])
    #expect(world.result(of: "b") == .expired)
    world.end(firstRun, .succeeded)
    #expect(world.apply([late]).isEmpty)
  }

  @Test func `complete ends a run in its cdc stage, and is refused in the snapshot stage`() {
    var world = World()
    let continuous = World.pipeline {
      $0.mode = .continuous
      $0.job = World.job("a")
    }
    world.apply([continuous])
    let complete = { (id: String) in
      World.pipeline {
        $0.mode = .continuous
        $0.job = World.job(id, .complete)
      }
    }
    world.report(firstRun) { $0.status = .active(.snapshot) }
    world.apply([complete("b")])
    #expect(world.result(of: "b") == .refused(.notInChangeCapture(firstRun)))
    world.report(firstRun) { $0.status = .active(.cdc) }
    let plan = world.plan([complete("c")])
    #expect(plan.ids == ["update:orders@3", "complete:orders.1"])
    #expect(plan.consents.isEmpty)
    world.carryOut(plan)
    world.end(firstRun, .completed)
    world.apply([complete("c")])
    #expect(world.result(of: "c") == .done(firstRun))
  }

  @Test func `the first requests of a new state folder are announced`() {
    var world = World()
    #expect(world.plan([started()]).warnings == [.newLedger(requests: 1)])
  }

  @Test func `an engine at its limit leaves a start pending`() {
    var world = World()
    let small = EngineSpec(name: .local, type: "local", maxConcurrentRuns: 1)
    let two = ["a", "b"].map { name in
      World.pipeline(name) {
        $0.engine = small
        $0.job = World.job("go")
      }
    }
    #expect(world.apply(two).filter { $0.verb == "start" }.map(\.pipeline.text) == ["a"])
    world.end(RunID(pipeline: PipelineName("a"), number: 1), .succeeded)
    #expect(world.apply().map(\.id.text) == ["start:b.1"])
  }

  private func recorded(_ id: String, _ options: StartOptions, agreed: [Consent] = []) -> StateChange {
    .putRequest(
      RequestRecord(
        key: RequestKey(PipelineName("orders"), RequestID(id)), job: World.job(id, .start(options)),
        origin: .command(by: "ann"), recordedAt: World.dawn, state: .pending(behind: nil), agreed: agreed))
  }

  @Test func `what nobody agreed to waits where nobody can be asked`() {
    var world = World()
    world.apply([World.pipeline()])
    world.stored = world.stored.applying([recorded("anew", StartOptions(dropDestinationFirst: true))])
    #expect(world.plan().consents.map(\.1) == [.rewrite], "who can be asked is asked")
    world.isUnattended = true
    #expect(world.plan().operations.isEmpty)
    #expect(world.plan().decisions.first?.reason == .consentNeeded(RequestID("anew"), .rewrite))
    let allowing = World.pipeline { $0.allow = [.rewrite] }
    #expect(world.plan([allowing]).ids == ["update:orders@2", "start:orders.1"], "the manifest agrees")
    let agreed = recorded("anew", StartOptions(dropDestinationFirst: true), agreed: [.rewrite])
    world.stored = world.stored.applying([agreed])
    #expect(world.plan().ids == ["start:orders.1"], "somebody agreed when it was recorded")
  }

  @Test func `what nobody agreed to cancels nothing where nobody can be asked`() {
    var world = running()
    world.stored = world.stored.applying([recorded("other", StartOptions(ifRunning: .replace))])
    world.isUnattended = true
    #expect(world.plan().operations.isEmpty)
    #expect(world.plan().decisions.first?.reason == .consentNeeded(RequestID("other"), .cancel))
    world.stored = world.stored.applying([recorded("other", StartOptions(ifRunning: .replace), agreed: [.cancel])])
    #expect(world.plan().ids == ["cancel:orders.1"])
  }

  @Test func `a request that has its turn later says now what it comes to`() {
    var world = running()
    let options = StartOptions(ifRunning: .replace, dropDestinationFirst: true)
    let replacing = started("b", options)
    let plan = world.plan([replacing])
    #expect(plan.ids == ["update:orders@2", "cancel:orders.1"])
    let keys = [RequestKey(PipelineName("orders"), RequestID("b"))]
    let postponed = postponedRequests(by: plan, over: world.stored, among: keys, now: world.now)
    #expect(postponed.map(\.request.key) == keys)
    #expect(postponed.first?.operations.map(\.id.text) == ["cancel:orders.1", "start:orders.2"])
    #expect(postponed.first?.operations.last?.dataEffect == .rewritesDestination)
    #expect(postponedRequests(by: plan, over: world.stored, among: [], now: world.now).isEmpty)
  }
}

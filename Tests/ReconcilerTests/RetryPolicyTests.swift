import PipelineModel
import Reconciler
import Testing

@Suite struct RetryPolicyTests {
  private let backoff = TimeSpan(seconds: 30)

  private func started(_ attempts: Int, _ options: StartOptions = StartOptions()) -> DesiredPipeline {
    World.pipeline {
      $0.job = World.job("a", .start(options))
      $0.retry = RetryPolicy(attempts: attempts, backoff: backoff)
    }
  }

  private func retried(_ world: inout World) -> StartOrder? {
    world.end(firstRun, .lost)
    _ = world.plan()
    world.now = world.now + backoff
    guard case .start(let order)? = world.plan().operations.last?.effect else { return nil }
    return order
  }

  @Test func `a job that fails at a service is tried again, as one whose supervisor has no attempt left is not`() {
    var world = World()
    world.engine = EngineName("far")
    var declared = started(2)
    (declared.spec.engine, declared.spec.work) = (EngineSpec(name: world.engine, type: "acme"), .remote(id: "4711"))
    world.apply([declared])
    world.end(firstRun, .failed(Failure(.tapFailed, "no route to host")))
    _ = world.plan()
    world.now = world.now + backoff
    guard case .start(let order)? = world.plan().operations.last?.effect else {
      Issue.record("nothing is started")
      return
    }
    #expect(order.run == firstRun && order.attempt == 2)
    var local = World()
    local.apply([started(2)])
    local.end(firstRun, .failed(Failure(.tapFailed, "no route to host")))
    _ = local.plan()
    local.now = local.now + backoff
    #expect(local.plan().operations.isEmpty)
  }

  @Test(arguments: [true, false])
  func `a migration that has begun is tried again only where it empties the destination first`(drops: Bool) {
    var world = World()
    world.engine = EngineName("mover")
    var declared = started(2, StartOptions(dropDestinationFirst: drops))
    declared.spec.engine = EngineSpec(name: world.engine, type: "mover")
    declared.spec.work = .migration(
      Migration(
        project: "p", source: MigrationSource(type: "MYSQL", url: .string("jdbc:x")), destination: .environment("URI")))
    declared.spec.mode = .snapshot
    world.apply([declared])
    world.report(firstRun) { $0.startedAt = World.dawn }
    world.end(firstRun, .failed(Failure(.engineFailed, "a row was refused")))
    _ = world.plan()
    world.now = world.now + backoff
    #expect(world.plan().operations.isEmpty == !drops)
  }

  @Test func `a cancelled run whose end could not be confirmed is not tried again once it is gone`() {
    var world = World()
    world.apply([started(3)])
    world.apply([World.pipeline { $0.job = World.job("stop", .cancel) }])
    world.report(firstRun) { $0.status = .unconfirmed(since: World.dawn) }
    _ = world.plan()
    world.end(firstRun, .lost)
    #expect(world.apply().isEmpty)
    #expect(world.stored.runs.last?.report.status == .ended(.cancelled))
    #expect(world.result(of: "stop") == .done(firstRun))
  }

  @Test func `a run that was replaced and could not be confirmed is not tried again once it is gone`() {
    var world = World()
    world.apply([started(3)])
    world.apply([World.pipeline { $0.job = World.job("b", .start(StartOptions(ifRunning: .replace))) }])
    world.report(firstRun) { $0.status = .unconfirmed(since: World.dawn) }
    _ = world.plan()
    world.end(firstRun, .lost)
    #expect(world.plan().ids == ["start:orders.2"])
    #expect(world.stored.runs.first?.report.status == .ended(.cancelled))
  }

  @Test func `a run that was lost before a cancel reached it is lost, not cancelled, and not tried again`() {
    var world = World()
    world.apply([started(3)])
    world.end(firstRun, .lost)
    world.carryOut(world.plan([World.pipeline { $0.job = World.job("stop", .cancel) }])) { _ in .unavailable("busy") }
    #expect(world.apply().isEmpty)
    #expect(world.stored.runs.last?.report.status == .ended(.lost))
    #expect(world.result(of: "stop") == .alreadyEnded(firstRun))
  }

  @Test func `a lost run that is to be cancelled is not tried again`() {
    var world = World()
    world.apply([started(3)])
    world.carryOut(world.plan([World.pipeline { $0.job = World.job("stop", .cancel) }])) { _ in .unavailable("busy") }
    world.end(firstRun, .lost)
    #expect(world.apply().isEmpty)
    #expect(world.result(of: "stop") == .alreadyEnded(firstRun))
  }

  @Test func `a lost run that was to be completed is not tried again`() {
    var world = World()
    let asks = { (id: String, action: JobAction) in
      World.pipeline {
        $0.mode = .continuous
        $0.job = World.job(id, action)
        $0.retry = RetryPolicy(attempts: 3, backoff: TimeSpan(seconds: 30))
      }
    }
    world.apply([asks("a", .start(StartOptions()))])
    world.report(firstRun) { $0.status = .active(.cdc) }
    world.apply([asks("c", .complete)])
    world.end(firstRun, .lost)
    #expect(world.apply([asks("c", .complete)]).isEmpty)
    #expect(world.result(of: "c") == .alreadyEnded(firstRun))
  }

  @Test func `the backoff doubles with each further attempt`() {
    var world = World()
    world.apply([started(3)])
    world.end(firstRun, .lost)
    _ = world.plan()
    world.now = world.now + backoff
    world.apply()
    world.end(firstRun, .lost)
    #expect(world.plan().wakeAt == world.now + backoff + backoff)
  }

  @Test func `a further attempt keeps the bookmarks that the run itself confirmed`() {
    var world = World()
    world.apply([started(2)])
    world.stored.pipelines[0].staleBookmarks = .all
    world.stored.runs[0].order.staleBookmarks = .all
    world.report(firstRun) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    #expect(retried(&world)?.staleBookmarks == .streams([]))
  }

  @Test func `a further attempt does not drop what the run itself loaded`() {
    var world = World()
    world.apply([started(2, StartOptions(dropDestinationFirst: true))])
    world.report(firstRun) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    #expect(retried(&world)?.dropDestinationFirst == false)
  }

  @Test func `a vanished run that waits for its next attempt is noted once`() {
    var world = World()
    world.apply([started(2)])
    _ = world.plan()
    world.reports = []
    _ = world.plan()
    world.now = world.now + TimeSpan(seconds: 1)
    #expect(absorb(world.answers, into: world.stored, now: world.now).changes.isEmpty)
  }

  @Test func `a run of a pipeline that was let go is not tried again`() {
    var world = World()
    world.apply([started(2)], sets: [World.set])
    _ = world.plan()
    world.carryOut(forgetting: "orders")
    world.end(firstRun, .lost)
    _ = world.plan()
    #expect(world.stored.runs.last?.report.status == .ended(.lost))
  }

  @Test func `a start of a pipeline that was let go is given up when it turns out not to have happened`() {
    var world = World()
    world.carryOut(world.plan([started(1)])) { _ in .uncertain("timed out") }
    world.carryOut(forgetting: "orders")
    _ = world.plan()
    #expect(world.stored.runs.allSatisfy { !$0.isActive })
    #expect(world.result(of: "a") == .expired)
  }
}

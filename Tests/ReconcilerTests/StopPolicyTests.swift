import PipelineModel
import Reconciler
import Testing

@Suite struct StopPolicyTests {
  private let start = World.pipeline {
    $0.mode = .continuous
    $0.job = World.job("a")
  }

  private func asks(_ id: String, _ action: JobAction) -> DesiredPipeline {
    World.pipeline {
      $0.mode = .continuous
      $0.job = World.job(id, action)
    }
  }

  private func changeCapture() -> World {
    var world = World()
    world.apply([start])
    world.report(firstRun) { $0.status = .active(.cdc) }
    return world
  }

  @Test func `a cancel that never reached a completing run is sent again`() {
    var world = changeCapture()
    world.apply([asks("c", .complete)])
    world.carryOut(world.plan([asks("stop", .cancel)])) { _ in .unavailable("busy") }
    #expect(world.plan([asks("stop", .cancel)]).ids == ["cancel:orders.1"])
  }

  @Test func `a cancel is read back as a cancel, not as the complete before it`() {
    var world = changeCapture()
    world.apply([asks("c", .complete)])
    world.carryOut(world.plan([asks("stop", .cancel)])) { _ in .uncertain("timed out") }
    #expect(world.plan([asks("stop", .cancel)]).ids == ["cancel:orders.1"])
  }

  @Test func `a report that knows only of the complete does not take a cancel back`() {
    var world = changeCapture()
    world.apply([asks("c", .complete)])
    world.carryOut(world.plan([asks("stop", .cancel)]))
    world.report(firstRun) {
      $0.status = .stopping(StopProgress(kind: .complete, step: .delivered, since: World.dawn))
    }
    _ = world.plan()
    guard case .stopping(let progress)? = world.stored.runs.last?.report.status else {
      Issue.record("it is not stopping")
      return
    }
    #expect(progress.kind == .cancel)
  }

  @Test func `a cancel of a migration that follows changes is done when the run is completed`() {
    func migration(_ job: JobRequest) -> DesiredPipeline {
      World.pipeline {
        $0.work = .migration(
          Migration(
            project: "p", source: MigrationSource(type: "MYSQL", url: .string("jdbc:x")),
            destination: .environment("URI")))
        $0.mode = .continuous
        $0.job = job
      }
    }
    var world = World()
    world.apply([migration(World.job("a"))])
    world.report(firstRun) { $0.status = .active(.cdc) }
    world.apply([migration(World.job("stop", .cancel))])
    world.report(firstRun) { $0.status = .ended(.completed) }
    _ = world.plan()
    #expect(world.result(of: "stop") == .done(firstRun))
  }

  @Test func `every request that aims at a run has its result once the engine knows nothing of the run`() {
    var world = changeCapture()
    world.apply([asks("c", .complete)])
    world.carryOut(world.plan([asks("stop", .cancel)])) { _ in .runUnknown }
    #expect(world.result(of: "stop") == .done(firstRun))
    #expect(world.result(of: "c") == .alreadyEnded(firstRun))
  }

  @Test func `a history whose run is found gone by a cancel is pending`() {
    var world = World()
    world.apply([asks("h", .start(StartOptions(mode: .historical)))])
    _ = world.plan()
    world.carryOut(world.plan([asks("stop", .cancel)])) { _ in .runUnknown }
    #expect(world.record()?.isHistoryPending == true)
  }

  @Test func `a replacement whose cancel the engine refuses is refused, and not tried for ever`() {
    var world = World()
    world.apply([start])
    let replace = asks("b", .start(StartOptions(ifRunning: .replace)))
    world.carryOut(world.plan([replace])) { _ in .refused("not this one") }
    #expect(world.plan([replace]).operations.isEmpty)
    #expect(world.result(of: "b") == .refused(.engine("not this one")))
  }

  @Test func `a cancel recorded while an intent is open aims at the run of that moment`() {
    var world = World()
    world.carryOut(world.plan([start])) { _ in .uncertain("timed out") }
    world.unavailable = "no answer"
    world.carryOut(world.plan([asks("stop", .cancel)]))
    #expect(world.request("stop")?.state == .pending(behind: firstRun))
    world.unavailable = nil
    world.reports = [RunReport(run: firstRun, status: .ended(.succeeded), endedAt: world.now)]
    world.apply()
    #expect(world.result(of: "stop") == .alreadyEnded(firstRun))
  }

  @Test func `a complete recorded while the engine was away aims at the run of that moment`() {
    var world = changeCapture()
    world.unavailable = "no answer"
    world.apply([asks("c", .complete)])
    world.unavailable = nil
    world.end(firstRun, .succeeded)
    world.apply()
    #expect(world.result(of: "c") == .alreadyEnded(firstRun))
  }

  @Test func `an answer that comes after its intent was read back changes nothing`() {
    var world = World()
    let plan = world.plan([start])
    world.carryOut(plan) { _ in .uncertain("timed out") }
    world.reports = [RunReport(run: firstRun, status: .active(.extract), startedAt: world.now)]
    _ = world.plan([start])
    let late = settlementChanges(
      for: plan.operations[1], answer: .refused("too late"), stored: world.stored, now: world.now)
    #expect(late.isEmpty)
  }
}

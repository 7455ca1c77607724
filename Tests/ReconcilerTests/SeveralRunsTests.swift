import PipelineModel
import Testing

@testable import Reconciler

/// Runs that an engine has begun by itself, beside one of ours or beside each other.
@Suite struct SeveralRunsTests {
  private let refresh = RunID(pipeline: PipelineName("orders"), number: 11)
  private let resync = RunID(pipeline: PipelineName("orders"), number: 10)

  private func foreign(_ run: RunID, _ stage: Stage, _ mode: RunMode, in world: World) throws -> RunReport {
    let record = try #require(world.record())
    var report = RunReport(
      run: run, status: .active(stage), startedAt: world.now, stages: [StageReport(stage: stage, startedAt: world.now)])
    report.order = StartOrder(
      run: run, trigger: .external, mode: mode, generation: record.generation, spec: record.applied.spec,
      refreshSchema: stage == .discover)
    return report
  }

  private func world(_ runs: [(RunID, Stage, RunMode)]) throws -> World {
    var world = World()
    world.apply([World.pipeline()])
    world.reports = try runs.map { try foreign($0.0, $0.1, $0.2, in: world) }
    world.carryOut(world.plan())
    return world
  }

  private func stops(_ plan: Plan) -> [RunID] {
    plan.operations.compactMap { operation in
      if case .stop(let order) = operation.effect { order.run } else { nil }
    }
  }

  private func cancel(aimedAt run: RunID?) -> RequestRecord {
    RequestRecord(
      key: RequestKey(PipelineName("orders"), RequestID("stop")), job: World.job("stop", .cancel),
      origin: .command(by: "me"), recordedAt: World.dawn + TimeSpan(seconds: 60), state: .pending(behind: run))
  }

  @Test func `a cancel hits the run that moves data, not the one that looks at the schema`() throws {
    var world = try world([(resync, .extract, .historical), (refresh, .discover, .incremental)])
    world.now = world.now + TimeSpan(seconds: 60)
    world.stored = world.stored.applying([.putRequest(cancel(aimedAt: nil))])
    #expect(stops(world.plan()) == [resync])
  }

  @Test func `a cancel of one run by its id hits that one`() throws {
    for run in [resync, refresh] {
      var world = try world([(resync, .extract, .historical), (refresh, .discover, .incremental)])
      world.now = world.now + TimeSpan(seconds: 60)
      world.stored = world.stored.applying([.putRequest(cancel(aimedAt: run))])
      #expect(stops(world.plan()) == [run])
      world.carryOut(world.plan()) { _ in .unavailable("away") }
      #expect(stops(world.plan()) == [run], "it is sent again, to the same")
      world.end(run, .succeeded)
      #expect(stops(world.plan()) == [])
      #expect(world.result(of: "stop") == .alreadyEnded(run))
    }
  }

  @Test func `a refresh of the schema does not make a history whole that was cut short`() throws {
    var world = try world([(resync, .extract, .historical)])
    world.end(resync, .cancelled)
    world.carryOut(world.plan())
    #expect(world.record()?.isHistoryPending == true)
    world.reports = [try foreign(refresh, .discover, .incremental, in: world)]
    world.carryOut(world.plan())
    world.end(refresh, .succeeded)
    world.carryOut(world.plan())
    #expect(world.record()?.isHistoryPending == true)
    let next = RunID(pipeline: PipelineName("orders"), number: 12)
    world.reports = [try foreign(next, .extract, .historical, in: world)]
    world.carryOut(world.plan())
    world.end(next, .succeeded)
    world.carryOut(world.plan())
    #expect(world.record()?.isHistoryPending == false)
  }
}

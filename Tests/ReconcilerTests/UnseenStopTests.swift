import PipelineModel
import Reconciler
import Testing

/// A cancel of what an engine may have begun by itself, and shows to nobody while it runs.
@Suite struct UnseenStopTests {
  private let far = EngineSpec(name: EngineName("far"), type: "acme")

  private func world(startsNone: String? = nil) -> World {
    var world = World()
    world.engine = far.name
    world.held = [
      HeldDefinition(id: "4711", schedule: .none, isPaused: false, startsNone: startsNone, stopsUnseen: true)
    ]
    world.apply([shop()])
    return world
  }

  private func shop(_ job: JobRequest? = nil) -> DesiredPipeline {
    World.pipeline {
      $0.engine = far
      $0.work = .remote(id: "4711")
      $0.job = job
    }
  }

  private var stop: DesiredPipeline { shop(World.job("stop", .cancel)) }

  /// What an engine tells once it was asked.
  private func told(_ status: RunStatus, _ order: StartOrder) -> RunReport {
    RunReport(run: firstRun, status: status, order: order)
  }

  private func order(of plan: Plan) throws -> StopOrder {
    guard case .stop(let order)? = plan.operations.last?.effect else { throw Missing() }
    return order
  }

  private struct Missing: Error {}

  @Test func `whatever runs is stopped once, and is a run of somebody else's from then on`() throws {
    var world = world()
    let plan = world.plan([stop])
    #expect(plan.ids == ["update:orders@2", "cancel:orders.1"])
    #expect(plan.operations.last?.dataEffect == .cancelsRun)
    let order = try order(of: plan)
    let unseen = try #require(order.unseen)
    #expect(unseen.order.trigger == .external && unseen.askedAt == World.dawn)
    world.carryOut(plan)
    #expect(world.record()?.lastRunNumber == 1)
    #expect(
      world.stored.runs.map(\.report.status) == [
        .stopping(StopProgress(kind: .cancel, step: .requested, since: World.dawn))
      ])
    world.reports = [told(.unconfirmed(since: World.dawn), unseen.order)]
    #expect(world.plan([stop]).operations == [], "it is not sent again")
    world.reports = [told(.ended(.cancelled), unseen.order)]
    #expect(world.plan([stop]).operations == [])
    #expect(world.result(of: "stop") == .done(firstRun))
    #expect(world.stored.runs.map(\.order.trigger) == [.external])
  }

  @Test func `a refusal where nothing runs leaves no run behind`() {
    var world = world()
    world.carryOut(world.plan([stop])) { _ in .runUnknown }
    #expect(world.result(of: "stop") == .nothingToCancel)
    #expect(world.stored.runs == [])
    #expect(world.plan([stop]).operations == [])
  }

  @Test func `one that was certainly not sent is sent again, and one that may have been is not`() throws {
    var world = world()
    world.carryOut(world.plan([stop])) { _ in .unavailable("too many calls") }
    #expect(world.request("stop")?.state == .pending(behind: nil))
    let again = world.plan([stop])
    #expect(again.ids == ["cancel:orders.2"], "the number is not given twice")
    let order = try order(of: again)
    world.carryOut(again) { _ in .uncertain("timed out") }
    var report = told(.unconfirmed(since: World.dawn), try #require(order.unseen).order)
    report.run = secondRun
    world.reports = [report]
    #expect(world.plan([stop]).operations == [])
    #expect(world.request("stop")?.state == .acting(secondRun))
    #expect(world.stored.runs.map(\.id) == [secondRun])
    #expect(world.stored.intents.allSatisfy { !$0.state.isOpen })
  }

  @Test(arguments: [true, false])
  func `a controller that dies on the way leaves the next one to find out whether it was sent`(isSent: Bool) throws {
    var world = world()
    let plan = world.plan([stop])
    let unseen = try #require(try order(of: plan).unseen)
    world.crash(plan, recorded: true, called: false)
    if isSent { world.reports = [told(.unconfirmed(since: World.dawn), unseen.order)] }
    #expect(world.plan([stop]).ids == (isSent ? [] : ["cancel:orders.2"]))
  }

  @Test func `what starts and stops nothing on demand is refused, and what shows its jobs is not stopped unseen`() {
    var none = world(startsNone: "its data is pushed to it")
    none.apply([stop])
    #expect(none.result(of: "stop") == .refused(.engine("its data is pushed to it")))
    var shown = world()
    shown.held[0].stopsUnseen = nil
    shown.apply([stop])
    #expect(shown.result(of: "stop") == .nothingToCancel)
  }
}

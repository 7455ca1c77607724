import PipelineModel
import Reconciler
import Testing

/// What could not be read justifies nothing for its pipeline, and everything else goes on (law 7).
@Suite struct UnreadableRunTests {
  private let reason = "/runs/active/orders.1: cannot read it: Input/output error"

  @Test func `an unreadable run stays as it was recorded, and is not taken for lost`() {
    var world = World()
    world.apply([World.pipeline { $0.job = World.job("a") }])
    _ = world.plan()
    let before = world.stored
    world.reports = []
    world.unreadable = [UnreadableRun(run: firstRun, reason: reason)]
    let absorption = absorb(world.answers, into: world.stored, now: world.now)
    #expect(absorption.changes == [] && absorption.retire == [])
    #expect(world.stored == before)
    world.unreadable = []
    _ = world.plan()
    #expect(world.stored.runs.map(\.report.status) == [.ended(.lost)], "a complete answer without it is another matter")
  }

  @Test func `an intent about an unreadable run stays open`() {
    var world = World()
    world.carryOut(world.plan([World.pipeline { $0.job = World.job("a") }])) { _ in .uncertain("timed out") }
    world.unreadable = [UnreadableRun(run: firstRun, reason: reason)]
    let plan = world.plan()
    #expect(plan.operations == [])
    #expect(world.stored.intents.filter(\.state.isOpen).count == 1)
    world.unreadable = []
    _ = world.plan()
    #expect(world.stored.intents.filter(\.state.isOpen) == [])
  }

  @Test func `nothing starts beside an unreadable run, and other pipelines go on`() throws {
    var world = World()
    let orders = World.pipeline { $0.job = World.job("b") }
    let customers = World.pipeline("customers") { $0.job = World.job("b") }
    world.apply([World.pipeline(), World.pipeline("customers")])
    world.unreadable = [UnreadableRun(run: firstRun, reason: reason)]
    let plan = world.plan([orders, customers])
    #expect(
      plan.operations.compactMap { if case .start(let order) = $0.effect { order.run.pipeline.text } else { nil } } == [
        "customers"
      ])
    world.carryOut(plan)
    let next = world.plan([orders, customers])
    #expect(next.operations == [])
    let decision = try #require(next.decisions.first { $0.pipeline == PipelineName("orders") })
    #expect(decision.reason == .engineUnavailable(.local, "run orders.1: \(reason)"))
    world.unreadable = []
    #expect(
      world.plan([orders, customers]).ids.contains { $0.contains("orders") }, "the request was pending, not refused")
  }

  @Test func `the laws refuse an operation on a pipeline of which a run could not be read`() {
    var world = World()
    let desired = DesiredState(pipelines: [World.pipeline { $0.job = World.job("a") }])
    let plan = world.plan(desired.pipelines)
    let engine = EngineAvailability(
      engine: .local, answer: .complete(Revision("r")), unreadable: [UnreadableRun(run: firstRun, reason: reason)])
    let observed = ObservedState(stored: world.stored, engines: [engine])
    let violations = checkLaws(of: plan, desired: desired, observed: observed, openIntents: [], ledger: [])
    #expect(violations.map(\.law) == [7])
  }
}

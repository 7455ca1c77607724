import PipelineModel
import Reconciler
import Testing

/// Random histories of requests, changes, failures and crashes: whatever happens, plans stay lawful, steady and independent
/// of the order of their inputs.
@Suite struct SteadinessTests {
  @Test(arguments: 0..<40) func `a random history keeps the laws`(seed: Int) {
    var history = RandomHistory(seed: UInt64(seed))
    for _ in 0..<60 { history.step() }
    history.finish()
    #expect(history.problems.isEmpty, "seed \(seed): \(history.problems)\n\(history.trace.joined(separator: "\n"))")
  }

  @Test func `a request that expires behind an open intent wakes the plan`() {
    var world = World()
    world.carryOut(world.plan([World.pipeline { $0.job = World.job("a") }])) { _ in .uncertain("timed out") }
    world.unavailable = "no answer"
    let late = World.pipeline {
      $0.job = World.job("b", .start(StartOptions(ifRunning: .wait)), expireAfter: TimeSpan(seconds: 60))
    }
    world.carryOut(world.plan([late]))
    #expect(world.plan([late]).wakeAt == world.now + TimeSpan(seconds: 60))
  }

  @Test func `a scope that names a pipeline twice decides it once`() {
    let name = PipelineName("orders")
    let observed = ObservedState(stored: StoredState(), engines: [])
    let plan = makePlan(
      scope: [name, name], desired: DesiredState(pipelines: [World.pipeline()]), observed: observed, openIntents: [],
      ledger: [], now: World.dawn)
    #expect(plan.decisions.count == 1)
  }
}

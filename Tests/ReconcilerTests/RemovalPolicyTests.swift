import PipelineModel
import Reconciler
import Testing

@Suite struct RemovalPolicyTests {
  private func world(_ count: Int, isProtected: Bool = false) -> (World, [DesiredPipeline]) {
    var world = World()
    let pipelines = (0..<count).map { number in
      World.pipeline("p\(number)", isProtected: isProtected && number == 0) { $0.retry.attempts = number + 1 }
    }
    world.apply(pipelines, sets: [World.set])
    return (world, pipelines)
  }

  @Test func `law 5: a removed manifest leaves its pipeline as it was, as an orphan`() {
    var (world, pipelines) = world(2)
    let plan = world.plan(Array(pipelines.dropFirst()), sets: [World.set])
    #expect(plan.operations.isEmpty)
    #expect(plan.decisions.first?.reason == .orphaned(since: world.now))
    world.carryOut(plan)
    #expect(world.plan(Array(pipelines.dropFirst()), sets: [World.set]).bookkeeping.isEmpty)
  }

  @Test func `law 8: a prune lets go of what left its own source set, and of nothing else`() {
    var (world, pipelines) = world(6)
    world.apply([World.pipeline("other", set: .path("/elsewhere"))], sets: [.path("/elsewhere")])
    let plan = world.plan(Array(pipelines.dropFirst()), sets: [World.set], prune: PruneLimit())
    #expect(plan.ids == ["forget:p0@1"])
    world.carryOut(plan)
    #expect(world.record("p0")?.isForgotten == true)
    #expect(world.plan(Array(pipelines.dropFirst()), sets: [World.set], prune: PruneLimit()).operations.isEmpty)
  }

  @Test func `an empty source prunes nothing`() {
    var (world, _) = world(3)
    let plan = world.plan([], sets: [World.set], prune: PruneLimit())
    #expect(plan.operations.isEmpty)
    #expect(plan.warnings.contains(.pruneRefused(.emptySource(World.set))))
  }

  @Test func `a prune above its limit is refused as a whole`() {
    var (world, pipelines) = world(5)
    let plan = world.plan(Array(pipelines.dropFirst(2)), sets: [World.set], prune: PruneLimit())
    #expect(plan.operations.isEmpty)
    #expect(plan.warnings == [.pruneRefused(.overLimit(count: 2, of: 5, limit: 1))])
  }

  @Test func `protection counts as last stored`() {
    var (world, pipelines) = world(6, isProtected: true)
    let plan = world.plan(Array(pipelines.dropFirst()), sets: [World.set], prune: PruneLimit())
    #expect(plan.operations.isEmpty)
    #expect(plan.warnings == [.protected(PipelineName("p0"))])
  }

  @Test func `a pipeline that reappears under another name is called a rename`() {
    var world = World()
    world.apply([World.pipeline("old")], sets: [World.set])
    let plan = world.plan([World.pipeline("new")], sets: [World.set])
    #expect(plan.warnings.contains(.looksRenamed(from: PipelineName("old"), to: PipelineName("new"))))
  }

  @Test func `a pipeline that was let go and comes back goes on with its generations and run numbers`() {
    var (world, pipelines) = world(6)
    world.carryOut(world.plan(Array(pipelines.dropFirst()), sets: [World.set], prune: PruneLimit()))
    let plan = world.plan(pipelines, sets: [World.set])
    #expect(plan.ids == ["adopt:p0@2"])
  }
}

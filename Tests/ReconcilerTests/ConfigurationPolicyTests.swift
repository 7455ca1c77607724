import PipelineModel
import Reconciler
import Testing

@Suite struct ConfigurationPolicyTests {
  @Test func `a new pipeline is created, and planned again there is nothing to do`() {
    var world = World()
    let plan = world.plan([World.pipeline()], sets: [World.set])
    #expect(plan.ids == ["create:orders@1"])
    #expect(plan.operations.first?.changes.isEmpty == false)
    world.carryOut(plan)
    #expect(world.plan([World.pipeline()], sets: [World.set]).operations.isEmpty)
    #expect(world.record()?.generation == 1)
  }

  @Test func `a changed limit is an update from the next run, and touches no data`() {
    var world = World()
    world.apply([World.pipeline()])
    let plan = world.plan([World.pipeline { $0.limits.runTimeout = TimeSpan(seconds: 60) }])
    #expect(plan.ids == ["update:orders@2"])
    #expect(plan.operations.first?.dataEffect == DataEffect.none)
    #expect(plan.operations.first?.changes.map(\.path) == ["spec.limits.runTimeout"])
    #expect(plan.operations.first?.reason.contains("next run") == true)
  }

  @Test func `pausing and resuming are named for what they are`() {
    var world = World()
    world.apply([World.pipeline { $0.paused = .active }])
    let paused = World.pipeline { $0.paused = .paused(PauseDetails()) }
    let plan = world.plan([paused])
    #expect(plan.ids == ["pause:orders@2"])
    world.carryOut(plan)
    #expect(world.plan([World.pipeline { $0.paused = .active }]).ids == ["resume:orders@3"])
  }

  @Test func `law 13: leaving the paused flag out keeps a pipeline as it was`() {
    var world = World()
    world.apply([World.pipeline { $0.paused = .paused(PauseDetails()) }])
    world.apply([World.pipeline()])
    #expect(world.record()?.pause(at: world.now) != nil)
  }

  @Test func `another key makes that stream's bookmark stale and is called a re-read`() {
    var world = World()
    let stream = { (key: String) in
      World.pipeline { spec in
        guard case .replication(var replication) = spec.work else { return }
        replication.streams = .only([StreamRule(name: "public-orders", replication: .incremental, key: key)])
        spec.work = .replication(replication)
      }
    }
    world.apply([stream("id")])
    let plan = world.plan([stream("updated_at")])
    #expect(plan.operations.first?.dataEffect == .rereads)
    world.carryOut(plan)
    #expect(world.record()?.staleBookmarks == .streams(["public-orders"]))
  }

  @Test func `only the settings of a connector changing keeps every bookmark`() {
    var world = World()
    world.apply([World.pipeline()])
    let moved = World.pipeline { spec in
      guard case .replication(var replication) = spec.work else { return }
      replication.source.config = [ConfigEntry("host", .string("db2"))]
      spec.work = .replication(replication)
    }
    let plan = world.plan([moved])
    #expect(plan.operations.first?.dataEffect == DataEffect.none)
    world.carryOut(plan)
    #expect(world.record()?.staleBookmarks.isEmpty == true)
    #expect(world.record()?.needsDiscovery == true)
  }

  @Test func `one file of an owned folder belongs to the folder's owner`() {
    var world = World()
    world.apply([World.pipeline()])
    let file = World.pipeline(set: .path("/repo/pipelines/orders.yaml"))
    #expect(world.plan([file]).operations.isEmpty)
  }

  @Test func `a pipeline of another source set is left alone until it is adopted`() {
    var world = World()
    world.apply([World.pipeline()])
    let elsewhere = World.pipeline(set: .path("/other")) { $0.retry.attempts = 3 }
    let refused = world.plan([elsewhere])
    #expect(refused.operations.isEmpty)
    #expect(refused.decisions.first?.reason == .ownedElsewhere(World.set))
    let adopted = world.plan([elsewhere], adopts: true)
    #expect(adopted.operations.first?.changes.contains { $0.path == "sourceSet" } == true)
  }
}

import PipelineModel
import Reconciler
import Testing

@Suite struct ChangedSpecTests {
  private func pipeline(
    key: String = "updated_at", id: String = "a", change: (inout PipelineSpec) -> Void = { _ in }
  ) -> DesiredPipeline {
    World.pipeline { spec in
      guard case .replication(var replication) = spec.work else { return }
      replication.streams = .only([StreamRule(name: "orders", replication: .incremental, key: key)])
      spec.work = .replication(replication)
      spec.job = World.job(id, .start(StartOptions(ifRunning: .wait)))
      change(&spec)
    }
  }

  private func confirm(_ world: inout World, _ run: RunID) {
    world.report(run) { $0.confirmedStates = [ConfirmedState(sequence: 1, at: World.dawn, text: "{}")] }
    world.end(run, .succeeded)
  }

  @Test func `a pause in the middle of a run costs no second reading and no second discovery`() {
    var world = World()
    world.apply([pipeline(key: "id", id: "a")])
    confirm(&world, firstRun)
    world.apply([pipeline(id: "b")])
    world.apply([pipeline(id: "b") { $0.paused = .paused(PauseDetails()) }])
    confirm(&world, secondRun)
    _ = world.plan()
    #expect(world.record()?.staleBookmarks.isEmpty == true)
    #expect(world.record()?.needsDiscovery == false)
  }

  @Test func `what a run read by the old key does not count as read by the new one`() {
    var world = World()
    world.apply([pipeline(key: "id", id: "a")])
    world.apply([pipeline(key: "updated_at", id: "a")])
    confirm(&world, firstRun)
    _ = world.plan()
    #expect(world.record()?.staleBookmarks == .streams(["orders"]))
  }

  @Test func `another kind of destination holds nothing yet, so every stream is read again`() {
    var world = World()
    world.apply([pipeline()])
    let moved = pipeline { spec in
      guard case .replication(var replication) = spec.work else { return }
      replication.destination.connector = .executable("target-postgres")
      spec.work = .replication(replication)
    }
    #expect(world.plan([moved]).operations.first?.dataEffect == .rereads)
  }

  @Test(arguments: [("tap-shop==1.1", DataEffect.none), ("other-tap-shop==1.0", .rereads), ("tap-shop", .none)])
  func `another version of the same tap goes on from its bookmarks, another package of that name does not`(
    requirement: String, effect: DataEffect
  ) {
    let source = { (requirement: String) in
      self.pipeline { spec in
        guard case .replication(var replication) = spec.work else { return }
        replication.source.connector = .package(requirement: requirement, executable: "tap-shop")
        spec.work = .replication(replication)
      }
    }
    var world = World()
    world.apply([source("tap-shop==1.0")])
    #expect(world.plan([source(requirement)]).operations.first?.dataEffect == effect)
  }

  @Test func `a newer version of the same target reads nothing again`() {
    let target = { (version: String) in
      self.pipeline { spec in
        guard case .replication(var replication) = spec.work else { return }
        replication.destination.connector = .package(
          requirement: "target-jsonl==\(version)", executable: "target-jsonl")
        spec.work = .replication(replication)
      }
    }
    var world = World()
    world.apply([target("1.0")])
    #expect(world.plan([target("1.1")]).operations.first?.dataEffect == DataEffect.none)
  }

  @Test func `an orphan whose manifest is back says so`() {
    var world = World()
    world.apply([World.pipeline(), World.pipeline("other")], sets: [World.set])
    world.apply([World.pipeline("other")], sets: [World.set])
    let plan = world.plan([World.pipeline(), World.pipeline("other")], sets: [World.set])
    #expect(plan.operations.map(\.verb) == ["adopt"])
    #expect(plan.operations.first?.reason == "its manifest is back")
  }
}

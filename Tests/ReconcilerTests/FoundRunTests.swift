import PipelineModel
import Reconciler
import Testing

/// A run that goes on and that the memory does not know: an older memory was brought back, or it was lost.
@Suite struct FoundRunTests {
  /// The memory as it was before the run was ordered, with numbers that go on after it where `isNumbered`.
  private func restored(isNumbered: Bool = true) -> World {
    var world = World()
    world.apply([World.pipeline()])
    let before = world.stored
    world.apply([World.pipeline { $0.job = World.job("a") }])
    world.stored = before
    if isNumbered, var record = world.record() {
      record.lastRunNumber = 4
      world.stored = world.stored.applying([.putPipeline(record)])
    }
    return world
  }

  private func started(_ id: String, _ policy: ConflictPolicy = .reject) -> DesiredPipeline {
    World.pipeline { $0.job = World.job(id, .start(StartOptions(ifRunning: policy))) }
  }

  @Test(arguments: [true, false])
  func `it is recorded, whatever its number, and its request was acted on`(isNumbered: Bool) throws {
    var world = restored(isNumbered: isNumbered)
    _ = world.plan()
    #expect(world.stored.runs.map(\.id) == [firstRun])
    #expect(world.stored.runs.map(\.isActive) == [true])
    #expect(world.result(of: "a") == .done(firstRun))
    #expect(world.record()?.lastRunNumber == (isNumbered ? 4 : 1))
    #expect(try #require(world.request("a")).origin == .manifest)
    #expect(world.apply([started("a")]).map(\.verb) == ["update"], "and nothing is started")
  }

  @Test func `another request is refused, waits for it, or has it stopped`() {
    for policy in [ConflictPolicy.reject, .wait, .replace] {
      var world = restored()
      let wanted = [started("b", policy)]
      world.carryOut(world.plan(wanted))
      switch policy {
      case .reject: #expect(world.result(of: "b") == .refused(.alreadyRunning(firstRun)))
      case .wait: #expect(world.request("b")?.state == .pending(behind: firstRun))
      case .replace: #expect(world.stored.run(firstRun)?.report.status.isStopping == true)
      }
      world.end(firstRun, policy == .replace ? .cancelled : .succeeded)
      world.apply(wanted)
      let expected = policy == .reject ? [firstRun.number] : [5]
      #expect(world.stored.runs.map(\.id.number) == expected)
    }
  }

  @Test func `a pipeline that the memory does not know is let go with it, and goes on where it is applied again`() {
    var world = World()
    world.apply([started("a")])
    world.stored = StoredState()
    #expect(world.plan().operations == [])
    #expect(world.record()?.isForgotten == true)
    #expect(world.stored.runs.map(\.id) == [firstRun])
    world.end(firstRun, .succeeded)
    world.apply([started("b")])
    #expect(world.record()?.lifecycle == .managed)
    #expect(world.stored.runs.map(\.id) == [secondRun])
  }

  @Test(arguments: [true, false])
  func `the slot that it was started for has run, also where the memory has it wait`(isWaiting: Bool) {
    let days = SlotPolicyTests()
    var world = days.world(days.hourly())
    if isWaiting {
      world.now = days.slot(1)
      world.unavailable = "connection refused"
      world.carryOut(world.plan())
      world.unavailable = nil
    }
    let before = world
    world.now = days.slot(1)
    world.apply()
    (world.stored, world.slots) = (before.stored, before.slots)
    #expect(world.stored.schedule(of: firstRun.pipeline)?.waiting ?? [] == (isWaiting ? [days.slot(1)] : []))
    #expect(world.plan().operations == [])
    #expect(days.outcomes(world) == [.ran(firstRun)])
    #expect(world.stored.schedule(of: firstRun.pipeline)?.waiting ?? [] == [])
    world.end(firstRun, .succeeded)
    #expect(world.apply().isEmpty)
    #expect(world.stored.runs.map(\.id) == [firstRun])
  }

  @Test func `what a service tells of a run that was recorded long ago is no news`() {
    var world = restored()
    world.engine = EngineName("stitch")
    let before = world.stored
    #expect(absorb(world.answers, into: world.stored, now: world.now).stored == before)
  }
}

extension RunStatus {
  fileprivate var isStopping: Bool {
    if case .stopping = self { true } else { false }
  }
}

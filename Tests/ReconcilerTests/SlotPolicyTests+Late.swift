import PipelineModel
import Reconciler
import Testing

/// What a commit, a pause or the time takes away from a slot that was due, or ordered already.
extension SlotPolicyTests {
  @Test func `a commit that pauses gives up the slot that came a moment before it`() {
    var world = world(hourly())
    world.now = slot(1)
    let paused = hourly { $0.paused = .paused(PauseDetails(reason: "maintenance")) }
    #expect(world.apply([paused]).map(\.verb) == ["pause"])
    #expect(world.apply([paused]).isEmpty)
    #expect(outcomes(world) == [.skipped(.paused)])
  }

  @Test func `a commit that brings the deadline forward gives up what waits longer than that`() {
    var world = world(hourly())
    world.now = slot(1)
    world.unavailable = "connection refused"
    world.carryOut(world.plan())
    world.now = slot(1) + TimeSpan(seconds: 1200)
    world.unavailable = nil
    let stricter = hourly(deadline: TimeSpan(seconds: 600))
    #expect(world.apply([stricter]).map(\.verb) == ["set-schedule"])
    #expect(outcomes(world) == [.missed(.deadlinePassed)])
  }

  /// Ordered for a slot, and never begun: the engine went away at that moment.
  private func ordered() -> World {
    var world = world(hourly(deadline: TimeSpan(seconds: 600)))
    world.now = slot(1)
    world.carryOut(world.plan()) { _ in .unavailable("connection refused") }
    return world
  }

  @Test func `a run that its slot had ordered begins within the deadline, or never`() {
    var soon = ordered()
    soon.now = slot(1) + TimeSpan(seconds: 600)
    #expect(soon.plan().ids == ["start:orders.1"])
    var late = ordered()
    late.now = slot(1) + TimeSpan(seconds: 601)
    #expect(late.apply().isEmpty)
    late.carryOut(late.plan())
    guard case .ended(.failed(let failure)) = late.stored.run(firstRun)?.report.status else {
      Issue.record("\(late.stored.runs)")
      return
    }
    #expect(failure.message.contains("startDeadline"))
    #expect(late.apply().isEmpty)
    #expect(outcomes(late) == [.ran(firstRun)])
  }

  @Test func `a run that its slot had ordered does not begin during a pause`() throws {
    var world = ordered()
    var record = try #require(world.record())
    record.override = PauseOverride(isPaused: true, reason: nil, by: "user", since: world.now, until: nil)
    world.stored = world.stored.applying([.putPipeline(record)])
    #expect(world.apply().isEmpty)
    #expect(world.stored.run(firstRun)?.report.status == .ended(.cancelled))
  }

  @Test func `a slot that nobody saw behind a run that was cancelled is cancelled with it`() {
    var world = world(hourly(missed: .runOnce))
    world.now = slot(1)
    world.apply()
    world.now = slot(2) + TimeSpan(seconds: 120)
    world.end(firstRun, .cancelled)
    world.now = slot(2) + TimeSpan(seconds: 300)
    #expect(world.apply().isEmpty, "a cancel is followed by no catch-up")
    #expect(outcomes(world) == [.ran(firstRun), .cancelled(with: firstRun)])
    world.now = slot(3)
    #expect(world.apply().map(\.verb) == ["start"], "the next slot stands")
  }

  /// The second slot has a run under way, and the memory is as it was before the first one.
  private func found() -> World {
    var world = world(hourly(missed: .runOnce, overlap: .queue))
    let before = world
    world.now = slot(2)
    world.apply()
    (world.stored, world.slots) = (before.stored, before.slots)
    return world
  }

  @Test func `the slot of a run that was found starts none, and those around it have their own outcomes`() {
    var world = found()
    world.now = slot(2) + TimeSpan(seconds: 120)
    #expect(world.apply().isEmpty)
    #expect(outcomes(world) == [.skipped(.superseded), .ran(firstRun)])
    world.end(firstRun, .succeeded)
    #expect(world.apply().isEmpty, "plan again: nothing to do")
    world.now = slot(3)
    #expect(world.apply().map(\.verb) == ["start"])
    #expect(outcomes(world) == [.skipped(.superseded), .ran(firstRun), .ran(secondRun)])
  }

  @Test func `the slot of a run that was found stands between the many that nobody looked at`() {
    var world = found()
    world.now = slot(2500) + TimeSpan(seconds: 120)
    #expect(world.apply().isEmpty)
    let sorted = world.slots.sorted { $0.instant < $1.instant }
    #expect(sorted.prefix(3).map(\.instant) == [slot(1), slot(2), slot(1500)])
    #expect(sorted.prefix(3).map(\.since) == [Self.dawn + TimeSpan(seconds: 60), nil, slot(2)])
    #expect(outcomes(world).prefix(3) == [.skipped(.superseded), .ran(firstRun), .skipped(.superseded)])
    #expect(sorted.dropFirst(3).first?.instant == slot(1501))
  }

  @Test func `of several runs that were found each has its slot, and none of the slots is caught up`() {
    var world = world(hourly(missed: .runAll(limit: 10), overlap: .queue))
    let before = world
    var reports: [RunReport] = []
    for run in [firstRun, secondRun] {
      world.now = slot(Int64(run.number))
      world.apply()
      world.end(run, .succeeded)
      reports += world.reports
      world.apply()
    }
    world = before
    world.reports = reports
    world.now = slot(2) + TimeSpan(seconds: 120)
    #expect(world.apply().isEmpty)
    #expect(outcomes(world) == [.ran(firstRun), .ran(secondRun)])
    #expect(world.stored.schedule(of: firstRun.pipeline)?.ran == nil, "plan again: nothing to do")
    world.now = slot(3)
    #expect(world.apply().map(\.verb) == ["start"])
  }
}

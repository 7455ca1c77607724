import PipelineModel
import Reconciler
import Testing

/// Slots of an hourly schedule at full hours, under a controller that stays unless a test says otherwise.
@Suite struct SlotPolicyTests {
  static let hour = TimeSpan(seconds: 3600)
  /// A full hour.
  static let dawn = World.dawn

  func hourly(
    missed: MissedPolicy = .skip, overlap: OverlapPolicy = .skip, deadline: TimeSpan = SlotPolicyTests.hour,
    change: @escaping (inout PipelineSpec) -> Void = { _ in }
  ) -> DesiredPipeline {
    World.pipeline { spec in
      spec.schedule = .slots(
        Schedule(
          cadence: .every(Self.hour, anchor: nil), timeZone: "UTC", missed: missed, startDeadline: deadline,
          overlap: overlap, transitions: TransitionPolicy()))
      change(&spec)
    }
  }

  /// A world in which the pipeline was applied a minute after a full hour.
  func world(_ pipeline: DesiredPipeline) -> World {
    var world = World()
    world.now = Self.dawn + TimeSpan(seconds: 60)
    world.apply([pipeline])
    world.firesSlots = true
    return world
  }

  func slot(_ number: Int64) -> Timestamp { Self.dawn + TimeSpan(seconds: number * 3600) }

  func outcomes(_ world: World) -> [SlotOutcome] {
    world.slots.sorted { $0.instant < $1.instant }.map(\.outcome)
  }

  @Test func `a slot starts a run that bears its name, once`() throws {
    var world = world(hourly())
    #expect(world.plan().wakeAt == slot(1))
    world.now = slot(1)
    let plan = world.plan()
    #expect(plan.ids == ["start:orders.1"])
    world.carryOut(plan)
    #expect(world.stored.run(firstRun)?.order.trigger == .slot(slot(1)))
    #expect(outcomes(world) == [.ran(firstRun)])
    #expect(world.apply().isEmpty)
    world.end(firstRun, .succeeded)
    #expect(world.apply().isEmpty)
    world.now = slot(1) - TimeSpan(seconds: 5)
    #expect(world.apply().isEmpty, "a clock that goes back repeats none")
    #expect(world.plan().wakeAt == slot(2))
  }

  @Test func `without a controller that stays nothing is started and nothing settled`() {
    var world = world(hourly())
    world.firesSlots = false
    world.now = slot(3)
    #expect(world.apply([hourly()]).isEmpty)
    #expect(world.slots.isEmpty)
  }

  @Test func `slots before the first apply are nobody's`() {
    var world = World()
    world.firesSlots = true
    world.now = slot(5)
    world.apply([hourly(missed: .runAll(limit: 9), deadline: TimeSpan(seconds: 86_400))])
    #expect(world.slots.isEmpty)
  }

  @Test func `what passed with no controller is settled by missed`() {
    var skipping = world(hourly())
    skipping.now = slot(3) + TimeSpan(seconds: 120)
    #expect(skipping.apply().isEmpty)
    #expect(outcomes(skipping) == Array(repeating: .skipped(.policy), count: 3))
    var once = world(hourly(missed: .runOnce))
    once.now = slot(3) + TimeSpan(seconds: 120)
    once.carryOut(once.plan())
    #expect(outcomes(once) == [.skipped(.superseded), .skipped(.superseded), .ran(firstRun)])
    var late = world(hourly(missed: .runOnce, deadline: TimeSpan(seconds: 60)))
    late.now = slot(3) + TimeSpan(seconds: 120)
    #expect(late.apply().isEmpty)
    #expect(outcomes(late).last == .missed(.deadlinePassed))
  }

  @Test func `a slot that is looked at a moment late is not missed`() {
    var world = world(hourly(missed: .skip))
    world.now = slot(1) + TimeSpan(seconds: 59)
    world.carryOut(world.plan())
    #expect(outcomes(world) == [.ran(firstRun)])
  }

  @Test func `runAll runs them one after the other, oldest first`() {
    var world = world(hourly(missed: .runAll(limit: 3), deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(4) + TimeSpan(seconds: 120)
    world.apply()
    world.end(firstRun, .succeeded)
    world.apply()
    #expect(world.stored.run(secondRun)?.order.trigger == .slot(slot(3)))
    world.end(secondRun, .succeeded)
    world.apply()
    let third = RunID(pipeline: PipelineName("orders"), number: 3)
    #expect(outcomes(world) == [.skipped(.superseded), .ran(firstRun), .ran(secondRun), .ran(third)])
  }

  @Test func `an enormous gap has an outcome for every slot`() {
    var world = world(hourly(missed: .runOnce))
    world.now = slot(2500) + TimeSpan(seconds: 120)
    world.carryOut(world.plan())
    let sorted = world.slots.sorted { $0.instant < $1.instant }
    #expect(sorted.count == 1001)
    #expect(sorted.first?.since == Self.dawn + TimeSpan(seconds: 60))
    #expect(sorted.first?.instant == slot(1500))
    #expect(sorted.dropFirst().first?.instant == slot(1501))
    #expect(sorted.last?.outcome == .ran(firstRun))
  }

  @Test func `a slot that comes while a run is active is skipped, and says behind which run`() {
    var world = world(hourly(overlap: .skip))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    #expect(world.apply().isEmpty)
    #expect(outcomes(world) == [.ran(firstRun), .skipped(.overlap(firstRun))])
  }

  @Test func `law 1: with queue one slot waits, later ones are skipped, and the waiting one runs next`() {
    var world = world(hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    world.apply()
    #expect(world.plan().decisions.first?.reason == .slotWaiting(slot(2), behind: firstRun))
    world.now = slot(3)
    world.apply()
    world.end(firstRun, .succeeded)
    world.apply()
    #expect(outcomes(world) == [.ran(firstRun), .ran(secondRun), .skipped(.overlap(firstRun))])
    #expect(world.stored.run(secondRun)?.order.trigger == .slot(slot(2)))
  }

  @Test func `a slot that waits longer than startDeadline is missed`() {
    var world = world(hourly(overlap: .queue, deadline: TimeSpan(seconds: 600)))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    world.apply()
    let wake = slot(2) + TimeSpan(milliseconds: 600_001)
    #expect(world.plan().wakeAt == wake)
    world.now = wake
    world.apply()
    #expect(outcomes(world) == [.ran(firstRun), .missed(.deadlinePassed)])
  }

  @Test func `a verified cancel settles the waiting slot as cancelled with its run, and starts nothing`() {
    let request = World.job("halt", .cancel)
    var world = world(hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    world.apply()
    let cancelling = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)) { $0.job = request }
    #expect(world.apply([cancelling]).map(\.verb) == ["update", "cancel"])
    #expect(outcomes(world) == [.ran(firstRun)], "not yet: the cancel is not verified")
    world.end(firstRun, .cancelled)
    #expect(world.apply([cancelling]).isEmpty)
    #expect(outcomes(world) == [.ran(firstRun), .cancelled(with: firstRun)])
    world.now = slot(3)
    #expect(world.apply([cancelling]).map(\.verb) == ["start"], "the next slot stands")
  }

  @Test func `cancel-running cancels what runs, waits until it is gone, and starts the slot`() {
    var world = world(hourly(overlap: .cancelRunning))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    let plan = world.plan()
    #expect(plan.ids == ["cancel:orders.1"])
    #expect(plan.consents.map(\.1) == [.cancel])
    world.carryOut(plan)
    #expect(world.apply().isEmpty, "nothing starts while the cancel is not verified")
    world.end(firstRun, .cancelled)
    world.apply()
    #expect(world.stored.run(secondRun)?.order.trigger == .slot(slot(2)))
    #expect(outcomes(world) == [.ran(firstRun), .ran(secondRun)])
  }

  @Test func `slots that are caught up wait for each other, also with cancel-running`() {
    var world = world(hourly(missed: .runAll(limit: 3), overlap: .cancelRunning, deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(3) + TimeSpan(seconds: 120)
    #expect(world.apply().map(\.verb) == ["start"])
    #expect(world.plan().decisions.first?.reason == .slotWaiting(slot(2), behind: firstRun))
    world.end(firstRun, .succeeded)
    #expect(world.apply().map(\.verb) == ["start"])
    world.end(secondRun, .succeeded)
    world.apply()
    let third = RunID(pipeline: PipelineName("orders"), number: 3)
    #expect(outcomes(world) == [.ran(firstRun), .ran(secondRun), .ran(third)])
  }

  @Test func `with cancel-running a slot that comes takes the place of what runs, and of those that wait`() {
    var world = world(hourly(missed: .runAll(limit: 3), overlap: .cancelRunning, deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(3) + TimeSpan(seconds: 120)
    world.apply()
    world.now = slot(4)
    #expect(world.apply().map(\.id.text) == ["cancel:orders.1"])
    world.end(firstRun, .cancelled)
    #expect(world.apply().map(\.verb) == ["start"])
    #expect(world.stored.run(secondRun)?.order.trigger == .slot(slot(4)))
    #expect(outcomes(world) == [.ran(firstRun), .skipped(.superseded), .skipped(.superseded), .ran(secondRun)])
  }

  @Test func `a cancel by request outweighs cancel-running: the waiting slot goes with the run`() {
    var world = world(hourly(overlap: .cancelRunning))
    world.now = slot(1)
    world.apply()
    let cancelling = hourly(overlap: .cancelRunning) { $0.job = World.job("halt", .cancel) }
    world.apply([cancelling])
    world.now = slot(2)
    world.apply([cancelling])
    world.end(firstRun, .cancelled)
    #expect(world.apply([cancelling]).isEmpty)
    #expect(outcomes(world) == [.ran(firstRun), .cancelled(with: firstRun)])
  }

  @Test func `slots of a pause are skipped and not caught up, whenever they are settled`() {
    let paused = hourly(missed: .runAll(limit: 9), deadline: TimeSpan(seconds: 86_400)) {
      $0.paused = .paused(PauseDetails())
    }
    let resumed = hourly(missed: .runAll(limit: 9), deadline: TimeSpan(seconds: 86_400)) { $0.paused = .active }
    var watched = world(paused)
    watched.now = slot(2)
    watched.apply([paused])
    #expect(outcomes(watched) == [.skipped(.paused), .skipped(.paused)])
    var unwatched = world(paused)
    unwatched.firesSlots = false
    unwatched.now = slot(2) + TimeSpan(seconds: 60)
    unwatched.apply([resumed])
    unwatched.firesSlots = true
    unwatched.now = slot(3)
    unwatched.carryOut(unwatched.plan([resumed]))
    #expect(outcomes(unwatched) == [.skipped(.paused), .skipped(.paused), .ran(firstRun)])
  }

  @Test func `a pause takes the waiting slot away`() {
    var world = world(hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)))
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    world.apply()
    let paused = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)) { $0.paused = .paused(PauseDetails()) }
    world.apply([paused])
    #expect(outcomes(world) == [.ran(firstRun), .skipped(.paused)])
  }

  @Test func `law 3: a changed schedule settles the old one's slots, and has its own from then on`() {
    var world = world(hourly())
    world.firesSlots = false
    world.now = slot(2) + TimeSpan(seconds: 600)
    let half = World.pipeline { spec in
      spec.schedule = .slots(
        Schedule(
          cadence: .every(TimeSpan(seconds: 1800), anchor: nil), timeZone: "UTC", missed: .runAll(limit: 9),
          startDeadline: TimeSpan(seconds: 86_400), overlap: .skip, transitions: TransitionPolicy()))
    }
    world.apply([half])
    #expect(outcomes(world) == [.skipped(.policy), .skipped(.policy)])
    world.firesSlots = true
    world.apply([half])
    #expect(world.slots.count == 2, "the new schedule has had no slot yet")
    #expect(world.plan([half]).wakeAt == slot(2) + TimeSpan(seconds: 1800))
  }

  @Test func `a pipeline that is let go has its slots settled first`() {
    var world = world(hourly())
    var other = hourly()
    other.name = PipelineName("customers")
    world.apply([hourly(), other])
    world.firesSlots = false
    world.now = slot(2) + TimeSpan(seconds: 600)
    let plan = world.plan([other], sets: [World.set], prune: PruneLimit(objects: 10, percent: 100))
    #expect(plan.operations.map(\.verb) == ["forget"])
    world.carryOut(plan)
    #expect(outcomes(world) == [.skipped(.policy), .skipped(.policy)])
  }

  @Test func `operations that were planned elsewhere have the slots settled that they put an end to`() {
    var world = world(hourly())
    world.firesSlots = false
    world.now = slot(2) + TimeSpan(seconds: 600)
    let operations = world.plan([World.pipeline()]).operations
    let observed = ObservedState(stored: world.stored, engines: [])
    let noted = slotsSettled(before: operations, desired: DesiredState(), observed: observed, now: world.now)
    let settled = noted.compactMap { change in
      if case .putSlot(let slot) = change { slot.instant } else { nil }
    }
    #expect(settled == [slot(1), slot(2)])
    #expect(slotsSettled(before: [], desired: DesiredState(), observed: observed, now: world.now).isEmpty)
  }

  @Test func `a slot goes with a cancelled run of which its engine knows nothing`() {
    let queueing = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400))
    var world = world(queueing)
    world.now = slot(1)
    world.apply()
    world.now = slot(2)
    world.apply()
    let cancelling = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)) {
      $0.job = World.job("halt", .cancel)
    }
    let plan = world.plan([cancelling])
    world.carryOut(plan) { _ in .runUnknown }
    world.reports = []
    #expect(world.apply([cancelling]).isEmpty, "nothing starts because of a cancel")
    #expect(outcomes(world) == [.ran(firstRun), .cancelled(with: firstRun)])
  }

  @Test func `a zone whose rules are not at hand takes no slot away`() {
    let zoned = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400)) { spec in
      guard case .slots(var schedule) = spec.schedule else { return }
      schedule.timeZone = "Europe/Berlin"
      spec.schedule = .slots(schedule)
    }
    var world = world(zoned)
    world.stored = world.stored.applying([
      .putSchedule(
        ScheduleProgress(pipeline: PipelineName("orders"), settledUntil: slot(1), waiting: [slot(1)]))
    ])
    world.now = slot(1) + TimeSpan(seconds: 30)
    #expect(world.plan().bookkeeping.isEmpty)
    #expect(world.slots.isEmpty)
  }

  @Test func `an engine that is away leaves a slot waiting, and what waited too long is missed`() {
    var world = world(hourly(deadline: TimeSpan(seconds: 600)))
    world.now = slot(1)
    world.unavailable = "no answer"
    #expect(world.apply().isEmpty)
    #expect(world.slots.isEmpty)
    world.now = slot(1) + TimeSpan(seconds: 300)
    world.unavailable = nil
    #expect(world.apply().map(\.verb) == ["start"])
  }

  @Test func `whoever has waited longest gets the place that comes free`() {
    var world = World()
    world.maxConcurrentRuns = 1
    let pipelines = ["a", "b", "c"].map { name in
      var pipeline = hourly(overlap: .queue, deadline: TimeSpan(seconds: 86_400))
      pipeline.name = PipelineName(name)
      return pipeline
    }
    world.now = Self.dawn + TimeSpan(seconds: 60)
    world.apply(pipelines)
    world.firesSlots = true
    world.now = slot(1)
    var order: [String] = []
    for _ in 0..<5 {
      let started = world.apply().filter { $0.verb == "start" }
      #expect(started.count == 1)
      for operation in started {
        order.append(operation.pipeline.text)
        if case .start(let start) = operation.effect { world.end(start.run, .succeeded) }
      }
      world.now = world.now + Self.hour
    }
    #expect(Set(order.prefix(3)).count == 3, "nobody starves: \(order)")
  }
}

import ControlLoop
import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Testing

/// Its beginning, and when it looks again.
extension ServeStateTests {
  @Test func `nothing is started before the manifests were read, which may have paused what is due`() {
    var desk = Desk(beginning: ServeOptions())
    #expect(desk.isWaiting)
    desk.nudge(.touched([orders]))
    #expect(desk.goal?.firesSlots == false, "who asks is answered; what is due waits")
    desk.look()
    desk.read(commit("c1", orders))
    #expect(desk.goal?.firesSlots == true)
    desk.look()
    desk.hear(.noted(nil, now: desk.now))
    #expect(desk.goal?.scope == nil, "whatever no manifest of these names is looked at too")
  }

  @Test func `a source that cannot be read in time holds up what is due for five seconds`() {
    var desk = Desk(beginning: ServeOptions())
    #expect(desk.wakeAt == Self.dawn)
    desk.pass(5)
    #expect(desk.goal?.firesSlots == true)
  }

  @Test func `a first reading that fails at once does not have what is due begin before its time`() {
    var desk = Desk(beginning: ServeOptions())
    desk.read(.unreadable("connection refused"))
    #expect(desk.status?.trouble?.reason == .unreadable)
    #expect(desk.isWaiting)
    #expect(desk.wakeAt == Self.dawn)
    desk.nudge(.touched([orders]))
    #expect(desk.goal?.firesSlots == false)
    desk.look()
    desk.pass(5)
    #expect(desk.goal?.scope == nil)
    #expect(desk.goal?.firesSlots == true)
  }

  @Test(arguments: [
    SourceNews.Found.unchanged(commit: "c1"), .rewritten(from: "c1", to: "c9"), .rejected(["no"], commit: "c2"),
  ])
  func `the first reading that tells of the manifests has everything looked at, also after one that failed`(
    found: SourceNews.Found
  ) {
    var desk = Desk(beginning: ServeOptions())
    desk.read(.unreadable("connection refused"))
    desk.read(found)
    if desk.recorded != nil { desk.hear(.noted(nil, now: desk.now)) }
    #expect(desk.goal?.firesSlots == true)
    #expect(desk.goal?.scope == nil)
  }

  @Test func `a clock that is set back before the first look has it made at once`() {
    var desk = Desk(beginning: ServeOptions())
    desk.pass(-7200)
    #expect(desk.goal?.firesSlots == true)
    #expect(desk.goal?.scope == nil)
  }

  @Test func `with drain before the first look it looks at what runs, and ends after it`() {
    var desk = Desk(beginning: ServeOptions())
    desk.nudge(.end(drain: true))
    #expect(desk.goal?.scope == nil)
    #expect(desk.goal?.firesSlots == false)
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    #expect(desk.awaited == [run(orders)])
    desk.nudge(.runsChanged)
    desk.look(Self.looked([decision(orders)]))
    #expect(desk.isFinished)
  }

  @Test func `a look that came to no plan is repeated after a while`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    desk.hear(.looked(LoopResult(outcome: .storeFailed(StoreError(.full, "full"))), now: desk.now))
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 5))
    desk.pass(5)
    #expect(desk.goal?.scope == [orders])
  }

  @Test(arguments: [true, false])
  func `where nothing can be recorded the end of a run has nobody look before it is time`(isOfAll: Bool) {
    var desk = running(orders)
    desk.nudge(isOfAll ? .resync : .touched([orders]))
    desk.look(Self.full)
    #expect(desk.awaited == [])
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 5))
    desk.nudge(.runsChanged)
    #expect(desk.goal == nil)
    desk.pass(5)
    #expect(desk.goal?.scope == (isOfAll ? nil : [orders]))
    #expect(desk.goal != nil)
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    #expect(desk.awaited == [run(orders)])
  }

  @Test func `where what a plan notes cannot be recorded the end of a run has nobody look at once either`() {
    var desk = running(orders)
    desk.nudge(.touched([orders]))
    desk.look(
      Self.looked(
        [decision(orders, .runActive(run(orders)))], active: [run(orders)], .storeFailed(StoreError(.full, "full"))))
    #expect(desk.awaited == [])
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 5))
  }

  @Test func `what cannot be recorded of one pipeline leaves the runs of others listened to`() {
    var desk = running(orders, customers)
    desk.nudge(.touched([orders]))
    desk.look(Self.full)
    #expect(desk.awaited == [run(customers)])
    desk.nudge(.runsChanged)
    #expect(desk.goal?.scope == [customers])
  }

  @Test func `a run whose end could not be recorded is listened to again, whoever else was looked at meanwhile`() {
    var desk = running(orders)
    desk.nudge(.resync)
    desk.look(Self.full)
    desk.nudge(.resync)
    desk.look(Self.looked([], active: [run(orders)]))
    #expect(desk.awaited == [run(orders)])
  }

  @Test func `a run that could not be read is looked at again`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    var result = Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)])
    result.standing?.unreadable = [run(orders)]
    desk.look(result)
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 15))
  }

  @Test func `whoever waits for room is asked when a run ends, who has waited longest first`() {
    var desk = following(orders, customers)
    let full = Reason.controllerAtCapacity(limit: 1)
    let others = ["z", "a"].map { PipelineName($0) }
    for name in others {
      desk.nudge(.touched([name]))
      desk.look(Self.looked([decision(name, full)]))
    }
    guard
      case .report(.standing(let standing)) = desk.effects.first(where: {
        if case .report(.standing) = $0 { true } else { false }
      })
    else {
      Issue.record("\(desk.effects)")
      return
    }
    #expect(standing.waitingForRoom == others)
    desk.nudge(.touched([orders]))
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    #expect(desk.isWaiting)
    desk.nudge(.runsChanged)
    #expect(
      desk.goal?.scope == ["a", "orders", "z"].map { PipelineName($0) },
      "they are asked together, and the plan knows who waits longest")
  }

  @Test func `a pipeline that has something to do in every round has to wait now and then`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    var rounds = 0
    while desk.goal != nil, rounds < 100 {
      desk.look(Self.looked([decision(orders, .changes)], doing: [operation(orders)]))
      rounds += 1
    }
    #expect(rounds < 20)
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 5))
  }

  @Test func `of very many that were touched at once so many are looked at in one goal, and then the others`() {
    var desk = following(orders)
    let names = (1...2500).map { PipelineName("p\(10_000 + $0)") }
    desk.nudge(.touched(names))
    var looked: [PipelineName] = []
    while let scope = desk.goal?.scope, looked.count < 10_000 {
      #expect(scope.count <= 1000)
      looked += scope
      desk.look(Self.looked(scope.map { decision($0) }))
    }
    #expect(looked == names)
    #expect(desk.isWaiting)
  }

  @Test func `a pipeline whose plan breaks a law is looked at again after a while, and the others as they want`() {
    var desk = following(orders)
    desk.nudge(.touched([orders, customers]))
    var result = Self.looked(
      [decision(customers, wakeAt: Self.dawn + TimeSpan(seconds: 120)), decision(orders, .changes)],
      doing: [operation(orders)])
    result.heldBack = [LawViolation(law: 1, pipeline: orders, "a start beside an active run")]
    desk.look(result)
    #expect(desk.isWaiting, "it is not tried again at once")
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 60))
    desk.pass(60)
    #expect(desk.goal?.scope == [orders])
  }

  @Test func `a pipeline whose plan breaks a law is not looked at before for the end of its run`() {
    var desk = running(orders)
    desk.nudge(.touched([orders]))
    var result = Self.looked([decision(orders, .changes)], active: [run(orders)], doing: [operation(orders)])
    result.heldBack = [LawViolation(law: 1, pipeline: orders, "a start beside an active run")]
    desk.look(result)
    #expect(desk.awaited == [])
    desk.nudge(.runsChanged)
    #expect(desk.goal == nil)
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 60))
    desk.pass(60)
    #expect(desk.goal?.scope == [orders])
  }

  @Test func `a clock that is set back has everything looked at again`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    desk.look(Self.looked([decision(orders, wakeAt: Self.dawn + TimeSpan(seconds: 600))]))
    desk.now = Self.dawn - TimeSpan(seconds: 7200)
    desk.nudge()
    #expect(desk.goal != nil)
    #expect(desk.goal?.scope == nil)
  }

  @Test func `a run whose pipeline was let go is looked after to its end`() {
    var desk = Desk()
    desk.nudge(.resync)
    desk.look(Self.looked([], active: [run(orders)]))
    desk.nudge(.runsChanged)
    #expect(desk.goal?.scope == [orders])
  }
}

import ControlLoop
import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Testing

/// A controller that stays, one event after the other, without a store or an engine.
@Suite struct ServeStateTests {
  static let dawn = Timestamp(seconds: 1_800_000_000)
  static let set = SourceSet.path("/srv/manifests")
  let orders = PipelineName("orders")
  let customers = PipelineName("customers")

  /// Hears events, and keeps what followed from the last one.
  struct Desk {
    var state: ServeState
    var now = ServeStateTests.dawn - TimeSpan(seconds: 5)
    var effects: [ServeEffect] = []

    /// One that has waited for its first reading in vain, and has looked at everything.
    init(_ options: ServeOptions = ServeOptions(), source: SourceStatus? = nil) {
      self.init(beginning: options, source: source)
      pass(5)
      look()
      hear(.tidied(isPassOver: true, now: now))
    }

    /// One that has not read its manifests yet.
    init(beginning options: ServeOptions, source: SourceStatus? = nil) {
      state = ServeState(options, source: source)
      hear(.began(now: now))
    }

    mutating func hear(_ event: ServeEvent) { (state, effects) = serve(state, event) }
    mutating func nudge(_ nudges: Nudge...) { hear(.woke(nudges, now: now)) }
    mutating func look(_ result: LoopResult = ServeStateTests.looked([])) { hear(.looked(result, now: now)) }
    mutating func read(_ found: SourceNews.Found) {
      nudge(.source(SourceNews(source: ServeStateTests.set, readAt: now, found: found)))
    }
    mutating func pass(_ seconds: Int64) {
      now = now + TimeSpan(seconds: seconds)
      nudge()
    }

    var goal: LoopGoal? { effects.compactMap { if case .pursue(let goal) = $0 { goal } else { nil } }.last }
    var recorded: CommitRecord? {
      effects.compactMap { if case .record(let changes) = $0 { changes.first } else { nil } }.compactMap {
        if case .appendCommit(let record) = $0 { record } else { nil }
      }.last
    }
    var status: SourceStatus? {
      effects.compactMap { if case .report(.source(let status)) = $0 { status } else { nil } }.last
    }
    var wakeAt: Timestamp? { effects.compactMap { if case .wait(_, let until) = $0 { until } else { nil } }.last }
    /// The runs that it waits for.
    var awaited: [RunID]? { effects.compactMap { if case .wait(let runs, _) = $0 { runs } else { nil } }.last }
    var isWaiting: Bool { if case .wait = effects.last { true } else { false } }
    var isFinished: Bool { effects.last == .finish }
  }

  static func looked(
    _ decisions: [Decision], active: [RunID] = [], _ outcome: LoopOutcome = .done, doing operations: [Operation] = []
  ) -> LoopResult {
    let plan = Plan(
      basis: Plan.Basis(generations: [], revisions: []), operations: operations, decisions: decisions)
    return LoopResult(
      outcome: outcome, firstPlan: plan, standing: LoopStanding(decisions: decisions, activeRuns: active))
  }

  func operation(_ name: PipelineName) -> Operation {
    Operation(
      id: OperationID("forget:\(name)@1"), pipeline: name, effect: .forget(name), dataEffect: .rewritesDestination,
      preconditions: [], reason: "asked for")
  }

  func commit(_ id: String, _ names: PipelineName...) -> SourceNews.Found {
    let desired = DesiredState(pipelines: names.map { .sample($0) }, sourceSets: [Self.set])
    return .manifests(desired, environment: "", commit: id)
  }

  func run(_ name: PipelineName, _ number: Int = 1) -> RunID { RunID(pipeline: name, number: number) }

  func decision(_ name: PipelineName, _ reason: Reason = .upToDate, wakeAt: Timestamp? = nil) -> Decision {
    Decision(pipeline: name, reason: reason, wakeAt: wakeAt)
  }

  /// With a commit that was applied.
  func following(_ names: PipelineName...) -> Desk {
    var desk = Desk()
    desk.read(
      .manifests(
        DesiredState(pipelines: names.map { .sample($0) }, sourceSets: [Self.set]), environment: "", commit: "c1"))
    desk.look()
    desk.hear(.noted(nil, now: desk.now))
    return desk
  }

  /// With an active run of each.
  func running(_ names: PipelineName...) -> Desk {
    var desk = Desk()
    desk.nudge(.touched(names))
    desk.look(Self.looked(names.map { decision($0, .runActive(run($0))) }, active: names.map { run($0) }))
    return desk
  }

  static let full = LoopResult(outcome: .storeFailed(StoreError(.full, "the disk is full")))

  // MARK: Commits

  @Test func `a commit is applied as a whole, and what came of it is recorded`() {
    var desk = Desk()
    desk.read(commit("c1", orders, customers))
    #expect(desk.goal?.desired.pipelines.map(\.name) == [orders, customers])
    #expect(desk.goal?.consents == ConsentGrant([.cancel]))
    desk.look(Self.looked([], doing: [operation(orders)]))
    #expect(desk.recorded?.result == .applied([OperationID("forget:orders@1")]))
    #expect(desk.status?.appliedCommit == "c1")
  }

  @Test func `nobody is asked by a controller that stays, for a commit as for a look`() {
    var desk = Desk()
    desk.read(commit("c1", orders))
    #expect(desk.goal?.isUnattended == true)
    #expect(desk.goal?.isLook == false, "a commit is all or nothing")
    desk.look()
    desk.hear(.noted(nil, now: desk.now))
    desk.nudge(.touched([orders]))
    #expect(desk.goal?.isLook == true)
  }

  @Test func `a commit that needs a consent is refused as a whole, and says how to give it`() {
    var desk = Desk()
    let wanted = DesiredState(pipelines: [.sample(orders), .sample(customers)], sourceSets: [Self.set])
    desk.read(.manifests(wanted, environment: "", commit: "c1", asking: [orders: "orders.yaml:12:5"]))
    desk.look(Self.looked([], .consentNeeded([operation(orders)])))
    guard case .rejected(let mistakes) = desk.recorded?.result else {
      Issue.record("\(desk.effects)")
      return
    }
    #expect(mistakes.first?.contains("allow: [rewrite]") == true)
    #expect(mistakes.first?.hasPrefix("orders.yaml:12:5: ") == true, "it names the line that asks for it")
    #expect(desk.status?.appliedCommit == nil)
    #expect(desk.status?.trouble?.reason == .rejected)
  }

  @Test func `a commit with mistakes is recorded, and pursues nothing`() {
    var desk = following(orders)
    desk.read(.rejected(["orders.yaml:1:1: it is no manifest"], commit: "c2"))
    #expect(desk.goal == nil)
    #expect(desk.recorded?.result == .rejected(["orders.yaml:1:1: it is no manifest"]))
    #expect(desk.status?.appliedCommit == "c1")
    desk.hear(.noted(nil, now: desk.now))
    #expect(desk.isWaiting)
  }

  @Test(arguments: [
    SourceNews.Found.unreadable("connection refused"), .rewritten(from: "c1", to: "c9"),
    .rejected(["no"], commit: "c2"),
  ])
  func `a source that cannot be followed leaves the schedules going`(found: SourceNews.Found) {
    var desk = Desk()
    desk.look(Self.looked([]))
    var following = self.following(orders)
    following.nudge(.touched([orders]))
    following.look(Self.looked([decision(orders, wakeAt: Self.dawn + TimeSpan(seconds: 60))]))
    following.read(found)
    if following.recorded != nil { following.hear(.noted(nil, now: following.now)) }
    #expect(following.wakeAt == Self.dawn + TimeSpan(seconds: 60))
    following.pass(60)
    #expect(following.goal?.scope == [orders])
    #expect(following.goal?.firesSlots == true)
    #expect(following.goal?.desired.pipelines.isEmpty == true)
  }

  @Test func `only what a commit changes is looked at`() {
    var desk = following(orders, customers)
    var changed = DesiredPipeline.sample(orders)
    changed.spec.paused = .active
    desk.read(
      .manifests(
        DesiredState(pipelines: [changed, .sample(customers)], sourceSets: [Self.set]), environment: "", commit: "c2"))
    #expect(desk.goal?.scope == [orders])
  }

  @Test func `where a commit removes something everything is looked at`() {
    var desk = following(orders, customers)
    desk.read(commit("c2", orders))
    #expect(desk.goal?.scope == nil)
    #expect(desk.goal?.desired.sourceSets == [Self.set])
  }

  @Test func `a commit that the store could not take is tried again, and not forgotten for what is read meanwhile`() {
    var desk = Desk()
    desk.read(commit("c1", orders))
    desk.hear(.looked(LoopResult(outcome: .storeFailed(StoreError(.full, "the disk is full"))), now: desk.now))
    #expect(desk.isWaiting)
    #expect(desk.status?.trouble?.message == "the disk is full")
    desk.read(.unchanged(commit: "c1"))
    desk.read(.unreadable("connection refused"))
    #expect(desk.goal == nil)
    desk.pass(6)
    #expect(desk.goal?.desired.pipelines.map(\.name) == [orders])
    desk.look()
    #expect(desk.recorded?.result == .nothingToDo)
  }

  @Test func `a result that could not be recorded is recorded later`() {
    var desk = Desk()
    desk.read(commit("c1", orders))
    desk.look()
    let record = desk.recorded
    desk.hear(.noted(StoreError(.full, "the disk is full"), now: desk.now))
    #expect(desk.isWaiting)
    desk.pass(6)
    #expect(desk.recorded != nil)
    #expect(desk.recorded == record)
    desk.hear(.noted(nil, now: desk.now))
    desk.pass(6)
    #expect(desk.recorded == nil)
  }

  @Test func `a newer reading takes the place of one that was not taken up yet`() {
    var desk = Desk()
    let readings = ["c1", "c2"].map { SourceNews(source: Self.set, readAt: desk.now, found: commit($0, orders)) }
    desk.nudge(.source(readings[0]), .source(readings[1]))
    desk.look()
    #expect(desk.recorded?.commit == "c2")
    desk.hear(.noted(nil, now: desk.now))
    #expect(desk.isWaiting)
  }

  @Test func `a reading that came to nothing takes no commit's place`() {
    var desk = Desk()
    let good = SourceNews(source: Self.set, readAt: desk.now, found: commit("c1", orders))
    let bad = SourceNews(source: Self.set, readAt: desk.now, found: .unreadable("connection refused"))
    desk.nudge(.source(good), .source(bad))
    desk.look()
    #expect(desk.recorded?.commit == "c1")
    desk.hear(.noted(nil, now: desk.now))
    #expect(desk.status?.trouble?.reason == .unreadable)
  }

  @Test func `an unchanged reading clears the trouble, but for a commit that stays rejected`() {
    var desk = following(orders)
    desk.read(.unreadable("connection refused"))
    #expect(desk.status?.trouble?.reason == .unreadable)
    desk.read(.unchanged(commit: "c1"))
    #expect(desk.status?.trouble == nil)
    desk.read(.rejected(["no"], commit: "c2"))
    desk.hear(.noted(nil, now: desk.now))
    desk.read(.unreadable("connection refused"))
    desk.read(.unchanged(commit: "c2"))
    #expect(desk.status?.trouble?.reason == .rejected)
  }

  @Test(arguments: [true, false])
  func `a controller that is started again records nothing anew`(isGood: Bool) {
    let result: CommitResult = isGood ? .applied([OperationID("create:orders@1")]) : .rejected(["no"])
    let known = CommitRecord(source: Self.set, commit: "c1", readAt: Self.dawn, result: result)
    var desk = Desk(source: SourceStatus(Self.set, commits: [known]))
    desk.read(isGood ? commit("c1", orders) : .rejected(["no"], commit: "c1"))
    if isGood { desk.look() }
    #expect(desk.effects.contains(.record([])))
    #expect(desk.status?.trouble?.reason == (isGood ? nil : .rejected))
  }

  // MARK: The end

  @Test func `it ends at once, and leaves runs going`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    desk.nudge(.end(drain: false))
    #expect(desk.isFinished)
  }

  @Test func `with drain it looks after its runs, begins nothing, and ends after them`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    desk.nudge(.end(drain: true))
    #expect(desk.isWaiting)
    desk.read(commit("c2", orders, customers))
    #expect(desk.goal == nil, "no commit is taken up any more")
    desk.pass(3600)
    #expect(desk.wakeAt == nil, "nothing that it does not do any more wakes it")
    desk.nudge(.runsChanged)
    #expect(desk.goal?.firesSlots == false)
    #expect(desk.goal?.maxConcurrentRuns == 0)
    desk.look(Self.looked([decision(orders)]))
    #expect(desk.isFinished)
  }

  @Test func `with drain it waits for a run that a command has begun a moment before`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]), .end(drain: true))
    #expect(desk.goal?.scope == [orders])
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    #expect(desk.isWaiting)
  }

  @Test func `with drain it ends as soon as the end of its last run can be recorded`() {
    var desk = running(orders)
    desk.nudge(.touched([orders]))
    desk.look(Self.full)
    desk.nudge(.end(drain: true))
    #expect(desk.isWaiting)
    #expect(desk.wakeAt == Self.dawn + TimeSpan(seconds: 5))
    desk.pass(5)
    #expect(desk.goal?.scope == [orders])
    desk.look(Self.looked([decision(orders)]))
    #expect(desk.isFinished)
  }

  @Test func `a second signal does not wait for runs`() {
    var desk = following(orders)
    desk.nudge(.touched([orders]))
    desk.look(Self.looked([decision(orders, .runActive(run(orders)))], active: [run(orders)]))
    desk.nudge(.end(drain: true))
    desk.nudge(.end(drain: false))
    #expect(desk.isFinished)
  }
}

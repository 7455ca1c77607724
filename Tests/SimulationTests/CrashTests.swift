import ControlLoop
import PipelineModel
import Simulation
import Testing

/// Little stories, each lived through once for every place where the controller can die.
@Suite struct CrashTests {
  private static let orders = PipelineName("orders")
  private static let customers = PipelineName("customers")

  private static func job(_ id: String, _ action: JobAction) -> JobRequest {
    JobRequest(request: RequestID(id), action: action)
  }

  private static func manifests(_ jobs: JobRequest?..., prune: PruneLimit? = nil) -> Manifests {
    let names = [orders, customers]
    let pipelines = zip(names, jobs).map { DesiredPipeline.sample($0, job: $1) }
    return Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests"), prune: prune)
  }

  private static func apply(_ manifests: Manifests, until: WaitGoal = .settled) -> UserAction {
    .apply(manifests, until: until, consents: .everything)
  }

  private static let stories: [Scenario] = [
    Scenario(name: "create and start", actions: [apply(manifests(job("first", .start(StartOptions()))))]),
    Scenario(
      name: "start two", actions: [apply(manifests(job("a", .start(StartOptions())), job("b", .start(StartOptions()))))]
    ),
    Scenario(
      name: "start, then cancel",
      actions: [
        apply(manifests(job("first", .start(StartOptions()))), until: .started),
        apply(manifests(job("stop", .cancel))),
      ]),
    Scenario(
      name: "replace what runs",
      actions: [
        apply(manifests(job("first", .start(StartOptions(mode: .continuous)))), until: .started),
        apply(manifests(job("second", .start(StartOptions(ifRunning: .replace))))),
      ]),
    Scenario(
      name: "wait behind what runs",
      actions: [
        apply(manifests(job("first", .start(StartOptions()))), until: .started),
        apply(manifests(job("second", .start(StartOptions(ifRunning: .wait))))),
      ]),
    Scenario(
      name: "complete a continuous run",
      actions: [
        apply(manifests(job("first", .start(StartOptions(mode: .continuous)))), until: .started),
        .wait(TimeSpan(seconds: 90)),
        apply(manifests(job("enough", .complete))),
      ]),
    Scenario(
      name: "by command",
      actions: [
        apply(manifests(nil)),
        .request(orders, job("by-hand", .start(StartOptions())), until: .settled, consents: .everything),
        .request(orders, job("by-hand", .start(StartOptions())), until: .settled, consents: .everything),
      ]),
    Scenario(
      name: "prune while it runs",
      actions: [
        apply(manifests(job("a", .start(StartOptions())), job("b", .start(StartOptions()))), until: .started),
        apply(manifests(nil, prune: PruneLimit(objects: 10, percent: 100))),
      ]),
    Scenario(
      name: "a saved plan",
      actions: [
        apply(manifests(nil)),
        .applySaved(manifests(job("saved", .start(StartOptions()))), after: TimeSpan(seconds: 5)),
      ]),
  ]

  private static func at(_ kind: ServiceKind, _ job: JobRequest?) -> Manifests {
    let names = [orders, customers]
    let pipelines = names.map { DesiredPipeline.sample($0, at: kind, job: $0 == orders ? job : nil) }
    return Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests"))
  }

  private static func stories(at kind: ServiceKind) -> [Scenario] {
    let start = at(kind, job("first", .start(StartOptions())))
    return [
      Scenario(name: "create and start at \(kind)", actions: [apply(start)]),
      Scenario(
        name: "start at \(kind), then cancel",
        actions: [apply(start, until: .started), apply(at(kind, job("stop", .cancel)))]),
      Scenario(
        name: "replace what runs at \(kind)",
        actions: [
          apply(start, until: .started), apply(at(kind, job("second", .start(StartOptions(ifRunning: .replace))))),
        ]),
      Scenario(
        name: "wait behind what somebody else started at \(kind)",
        actions: [
          apply(at(kind, nil)), .foreignRun(orders),
          apply(at(kind, job("behind", .start(StartOptions(ifRunning: .wait))))),
        ]),
      Scenario(
        name: "put back what somebody changed at \(kind)", actions: [apply(start), .meddle(orders), apply(start)]),
    ]
  }

  private static func hourly(
    _ name: PipelineName, _ overlap: OverlapPolicy = .skip, mode: RunMode = .incremental, job: JobRequest? = nil
  ) -> DesiredPipeline {
    var pipeline = DesiredPipeline.sample(name, job: job)
    pipeline.spec.mode = mode
    pipeline.spec.schedule = .slots(
      Schedule(
        cadence: .every(TimeSpan(seconds: 600), anchor: nil), timeZone: "UTC", missed: .runOnce,
        startDeadline: TimeSpan(seconds: 3600), overlap: overlap, transitions: TransitionPolicy()))
    return pipeline
  }

  private static func push(_ pipelines: DesiredPipeline...) -> UserAction {
    .push(.manifests(Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests"))))
  }

  private static func wait(_ seconds: Int64) -> UserAction { .wait(TimeSpan(seconds: seconds)) }

  private static let serve = UserAction.serve(ServeOptions(prune: PruneLimit(objects: 10, percent: 100)))

  /// With a controller that stays, and that is started again as soon as it has died.
  private static let servedStories: [Scenario] = [
    Scenario(name: "slots", actions: [push(hourly(orders), hourly(customers, .queue)), serve, wait(1210)]),
    Scenario(
      name: "a slot makes room", actions: [push(hourly(orders, .cancelRunning, mode: .continuous)), serve, wait(1300)]),
    Scenario(
      name: "a commit starts, one cancels, and going back repeats nothing",
      actions: [
        push(hourly(orders, job: job("first", .start(StartOptions(mode: .continuous))))), serve, wait(30),
        push(hourly(orders, job: job("stop", .cancel))), wait(60),
        push(hourly(orders, job: job("first", .start(StartOptions(mode: .continuous))))), wait(30),
      ]),
    Scenario(
      name: "a commit that removes, and bad ones before it",
      actions: [
        push(hourly(orders), hourly(customers)), serve, wait(610), .push(.mistakes), .unreachable, wait(30),
        push(hourly(orders)), wait(30), .push(.mistakes), wait(30),
      ]),
    Scenario(
      name: "a pause, an edit of the schedule, and a clock that is set back",
      actions: [
        push(hourly(orders)), serve, wait(590),
        .pause(orders, PauseOverride(isPaused: true, reason: nil, by: "user", since: dawn, until: nil)), wait(620),
        .pause(orders, nil), .setClock(TimeSpan(seconds: -900)), push(hourly(orders, .queue)), wait(900),
      ]),
  ]

  private static let dawn = Timestamp(seconds: 1_800_000_000)

  @Test(arguments: servedStories, [FaultRates.none, FaultRates(lostAnswer: 50)])
  func `a controller that stays may die between any two effects`(story: Scenario, faults: FaultRates) {
    var scenario = story
    scenario.seed = 1
    scenario.faults = faults
    let (unlawful, places) = simulateEveryCrash(scenario)
    #expect(places > 50, "`\(story.name)` has too few effects to prove anything")
    if let worst = unlawful.first { Issue.record("\(unlawful.count) of \(places) places:\n\(worst)") }
  }

  /// Between the steps of an engine's adapter too: before it asks, after it has asked, and before it has kept the answer.
  @Test(arguments: ServiceKind.allCases, [FaultRates.none, FaultRates(lostAnswer: 50)])
  func `a controller may die between any two steps of what it does at a service`(kind: ServiceKind, faults: FaultRates)
  {
    for story in Self.stories(at: kind) {
      var scenario = story
      scenario.seed = 2
      scenario.faults = faults
      let (unlawful, places) = simulateEveryCrash(scenario)
      #expect(places > 10, "`\(story.name)` has too few effects to prove anything")
      if let worst = unlawful.first { Issue.record("\(unlawful.count) of \(places) places:\n\(worst)") }
    }
  }

  @Test(arguments: stories, [FaultRates.none, FaultRates(lostAnswer: 50), FaultRates(lostCall: 50)])
  func `a controller may die between any two effects`(story: Scenario, faults: FaultRates) {
    for seed in 1...3 {
      var scenario = story
      scenario.seed = UInt64(seed)
      scenario.faults = faults
      let (unlawful, places) = simulateEveryCrash(scenario)
      #expect(places > 10, "`\(story.name)` has too few effects to prove anything")
      if let worst = unlawful.first { Issue.record("\(unlawful.count) of \(places) places:\n\(worst)") }
    }
  }
}

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

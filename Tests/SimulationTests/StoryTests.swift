import ControlLoop
import PipelineModel
import Scheduling
import Simulation
import Testing

/// What users of other tools report again and again, lived through here; `docs/proof.md` lists the stories, and where the others are.
@Suite struct StoryTests {
  private static let orders = PipelineName("orders")
  private static let customers = PipelineName("customers")
  private static let seeds: [UInt64] = Array(1...25)

  private static func pipeline(
    _ name: PipelineName = orders, job: JobRequest? = nil, change: (inout PipelineSpec) -> Void = { _ in }
  ) -> DesiredPipeline {
    var pipeline = DesiredPipeline.sample(name, maxConcurrentRuns: 1, job: job)
    pipeline.spec.retry = RetryPolicy(attempts: 3, backoff: TimeSpan(seconds: 10))
    change(&pipeline.spec)
    return pipeline
  }

  private static func start(_ id: String, _ options: StartOptions = StartOptions()) -> JobRequest {
    JobRequest(request: RequestID(id), action: .start(options))
  }

  private static func slots(_ cadence: Cadence, zone: String = "UTC", missed: MissedPolicy = .skip) -> ScheduleSetting {
    .slots(
      Schedule(
        cadence: cadence, timeZone: zone, missed: missed, startDeadline: TimeSpan(seconds: 3600), overlap: .queue,
        transitions: TransitionPolicy()))
  }

  private static func push(_ pipelines: DesiredPipeline...) -> UserAction {
    .push(.manifests(Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests"))))
  }

  private static func apply(_ pipelines: DesiredPipeline..., until: WaitGoal = .settled) -> UserAction {
    .apply(
      Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests")), until: until, consents: .everything)
  }

  private static func wait(_ seconds: Int64) -> UserAction { .wait(TimeSpan(seconds: seconds)) }

  private static let serve = UserAction.serve(ServeOptions())

  private func live(
    _ name: String, _ actions: [UserAction], seed: UInt64, faults: FaultRates = .none, crashes: CrashPlan = .never
  ) -> Verdict {
    let verdict = simulate(Scenario(name: name, seed: seed, actions: actions, faults: faults, crashes: crashes))
    #expect(verdict.isLawful, "\(verdict)")
    return verdict
  }

  @Test(arguments: seeds)
  func `a start whose answers never come is one run, however often it is asked for`(seed: UInt64) {
    let again = UserAction.request(
      Self.orders, Self.start("nightly"), until: .settled, consents: .everything)
    let verdict = live(
      "time-outs", [Self.apply(Self.pipeline()), again, again, again], seed: seed, faults: FaultRates(lostAnswer: 100),
      crashes: .sometimes(2))
    #expect(verdict.runs == 1)
  }

  @Test(arguments: seeds)
  func `an engine that is away for an hour loses no run, and gets none twice`(seed: UInt64) {
    let verdict = live(
      "an outage",
      [
        Self.push(Self.pipeline(job: Self.start("load", StartOptions(mode: .continuous)))), Self.serve, Self.wait(30),
        .outage(TimeSpan(seconds: 3600)), Self.wait(1800), .kill, Self.wait(60), Self.serve, Self.wait(3600),
      ], seed: seed)
    #expect(verdict.runs == 1)
  }

  @Test(arguments: seeds)
  func `a place is free again when its run is gone, also where its controller was killed`(seed: UInt64) {
    let verdict = live(
      "one place for two",
      [
        Self.push(Self.pipeline(job: Self.start("a")), Self.pipeline(Self.customers, job: Self.start("b"))), Self.serve,
        Self.wait(10), .kill, Self.wait(10), Self.serve, Self.wait(1800),
      ], seed: seed)
    #expect(verdict.runs == 2)
  }

  @Test(arguments: seeds)
  func `a commit that says nothing of a pause ends none`(seed: UInt64) {
    let hourly = Self.slots(.every(TimeSpan(seconds: 600), anchor: nil), missed: .runAll(limit: 9))
    let pause = PauseOverride(
      isPaused: true, reason: "the shop moves", by: "ann", since: Timestamp(seconds: 1_800_000_000), until: nil)
    let verdict = live(
      "a deploy during a pause",
      [
        Self.push(Self.pipeline { $0.schedule = hourly }), Self.serve, Self.wait(5), .pause(Self.orders, pause),
        Self.wait(1300),
        Self.push(
          Self.pipeline {
            $0.schedule = hourly
            $0.limits.runTimeout = TimeSpan(seconds: 900)
          }), Self.wait(1300), .kill, Self.wait(700), Self.serve, Self.wait(700),
      ], seed: seed)
    #expect(verdict.runs == 0)
  }

  @Test(arguments: seeds)
  func `what was applied already restarts nothing, in whatever order it is written`(seed: UInt64) {
    let (one, other) = (Self.pipeline(job: Self.start("a")), Self.pipeline(Self.customers))
    let verdict = live(
      "the same again",
      [
        Self.push(one, other), Self.serve, Self.wait(600), Self.push(other, one), Self.wait(60), .kill, Self.serve,
        Self.push(one, other), Self.wait(600),
      ], seed: seed)
    #expect(verdict.runs == 1)
  }

  @Test(arguments: seeds)
  func `the nights on which the clocks change have every slot once`(seed: UInt64) throws {
    let cron = try parseCron(seed.isMultiple(of: 2) ? "*/15 * * * *" : "30 * * * *").get()
    let verdict = live(
      "a change of the clocks",
      [
        Self.push(Self.pipeline { $0.schedule = Self.slots(.cron(cron), zone: "Model/Jumping") }), Self.serve,
        Self.wait(4 * 3600), .kill, Self.wait(1800), Self.serve, Self.wait(9 * 3600), .kill, Self.wait(1800),
        Self.serve, Self.wait(4 * 3600),
      ], seed: seed)
    #expect(verdict.runs > 10)
  }
}

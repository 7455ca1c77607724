import ControlLoop
import PipelineModel
import Scheduling
import SeededRandom

/// Draws a story of a controller that stays: commits, slots, commands in between, and all that gets in its way.
struct StayingGenerator {
  private var random: SplitMix64
  private let seed: UInt64
  private let flavour: Scenario.Flavour
  private var homes = ServiceHomes()
  private var names: [PipelineName] = []
  private var capacity = 32
  private var requests = 0
  private var versions: [Manifests] = []
  private var actions: [UserAction] = []
  private var options = ServeOptions()

  init(seed: UInt64, flavour: Scenario.Flavour) {
    self.seed = seed
    self.flavour = flavour
    random = SplitMix64(seed: seed)
  }

  mutating func scenario() -> Scenario {
    names = ["orders", "customers", "events"].prefix(random.int(1...3)).map { PipelineName($0) }
    capacity = random.pick(32, 32, 1, 2)
    if flavour == .stayingServices {
      names = Array(Scenario.pipelineNames.prefix(random.int(2...4)))
      homes = ServiceHomes(of: names, &random)
    }
    options = ServeOptions(
      maxConcurrentRuns: random.pick(32, 32, 1), prune: random.chance(50) ? PruneLimit(objects: 10, percent: 100) : nil)
    push(.manifests(manifests(names.map { pipeline($0) })))
    actions.append(.serve(options))
    for _ in 0..<random.int(2...7) {
      act()
      if random.chance(70) { actions.append(.wait(TimeSpan(seconds: Int64(random.int(1...7200))))) }
    }
    let faults = random.chance(60) ? FaultRates.some : .none
    let crashes = random.chance(50) ? CrashPlan.sometimes(random.pick(1, 2, 4)) : .never
    return Scenario(
      name: "\(flavour), seed \(seed)", seed: seed, actions: actions, faults: faults, crashes: crashes,
      repeats: random.pick(100, 50, 0))
  }

  private mutating func act() {
    if flavour == .stayingServices, random.chance(15) { return actions.append(.meddle(name())) }
    switch random.int(1...32) {
    case 1...7: edit()
    case 8: push(.manifests(versions[random.int(0...versions.count - 1)]))
    case 9: push(.mistakes)
    case 10: removed()
    case 11: push(random.chance(30) ? .rewritten(versions[0]) : .manifests(manifests([])))
    case 12...13: actions.append(.unreachable)
    case 14...17: ask()
    case 18...20: actions.append(.pause(name(), random.chance(65) ? override() : nil))
    case 21: actions.append(.foreignRun(name()))
    case 22...23: actions.append(.outage(TimeSpan(seconds: Int64(random.int(1...5400)))))
    case 24...25: actions.append(.setClock(TimeSpan(seconds: Int64(random.pick(-7200, -600, -5, 5, 900, 10_800)))))
    case 26...28: restart()
    case 29: actions.append(.serve(options))
    case 30...31:
      actions.append(.storeTrouble(random.int(1...3)))
      edit()
      if random.chance(50) { actions.append(.unreachable) }
    default: actions.append(.wait(TimeSpan(seconds: Int64(random.int(1...14_400)))))
    }
  }

  private mutating func ask() {
    let name = name()
    actions.append(.request(name, homes.fit(job(), of: name), until: wait(), consents: .everything))
  }

  /// One ends or is killed; after a while there is another one.
  private mutating func restart() {
    actions.append(random.pick(.kill, .end(drain: false), .end(drain: true)))
    actions.append(.wait(TimeSpan(seconds: Int64(random.int(1...10_800)))))
    if random.chance(40) { actions.append(.pause(name(), random.chance(50) ? override() : nil)) }
    if random.chance(30) { ask() }
    actions.append(.serve(options))
  }

  private mutating func push(_ push: Push) {
    switch push {
    case .manifests(let manifests), .rewritten(let manifests): versions.append(manifests)
    case .mistakes: break
    }
    actions.append(.push(push))
  }

  private func manifests(_ pipelines: [DesiredPipeline]) -> Manifests {
    Manifests(pipelines: pipelines, sourceSet: .path("/srv/manifests"))
  }

  private mutating func edit() {
    var manifests = versions[versions.count - 1]
    guard !manifests.pipelines.isEmpty else {
      return push(.manifests(self.manifests(names.map { pipeline($0) })))
    }
    let position = random.int(0...manifests.pipelines.count - 1)
    if random.chance(50) { manifests.pipelines[position].spec.job = random.chance(90) ? job() : nil }
    if random.chance(50) { manifests.pipelines[position].spec.schedule = schedule() }
    if random.chance(25) {
      manifests.pipelines[position].spec.paused = random.pick(
        .unmanaged, .active, .paused(PauseDetails(reason: "maintenance")))
    }
    manifests.pipelines[position] = homes.fit(manifests.pipelines[position], &random)
    push(.manifests(manifests))
  }

  private mutating func removed() {
    var manifests = versions[versions.count - 1]
    if manifests.pipelines.count > 1 { manifests.pipelines.removeLast() }
    push(.manifests(manifests))
  }

  private mutating func name() -> PipelineName { names[random.int(0...names.count - 1)] }

  private mutating func wait() -> WaitGoal { random.pick(.settled, .started, .planned) }

  private mutating func override() -> PauseOverride {
    let span = TimeSpan(seconds: Int64(random.int(60...14_400)))
    let since = Timestamp(seconds: 1_800_000_000)
    return PauseOverride(
      isPaused: random.chance(75), reason: nil, by: "user", since: since, until: random.chance(60) ? since + span : nil)
  }

  private mutating func pipeline(_ name: PipelineName) -> DesiredPipeline {
    var pipeline = DesiredPipeline.sample(name, maxConcurrentRuns: capacity)
    pipeline.spec.mode = random.pick(.incremental, .incremental, .historical, .continuous)
    pipeline.spec.retry = RetryPolicy(attempts: random.pick(1, 1, 3), backoff: TimeSpan(seconds: 10))
    pipeline.spec.schedule = schedule()
    pipeline.isProtected = random.chance(10)
    if random.chance(30) { pipeline.spec.job = job() }
    if random.chance(50) { pipeline.spec.allow = [.rewrite] }
    return homes.fit(pipeline, &random)
  }

  private mutating func job() -> JobRequest {
    requests += 1
    let number = random.chance(10) ? random.int(1...requests) : requests
    let start = JobAction.start(
      StartOptions(ifRunning: random.pick(.reject, .wait, .replace), dropDestinationFirst: random.chance(10)))
    return JobRequest(
      request: RequestID("request-\(number)"), action: random.pick(start, start, .cancel, .cancel, .complete),
      expireAfter: random.chance(10) ? TimeSpan(seconds: Int64(random.int(5...900))) : nil)
  }

  private mutating func schedule() -> ScheduleSetting {
    guard random.chance(90) else { return .none }
    return .slots(
      Schedule(
        cadence: cadence(), timeZone: random.pick("UTC", "Model/Jumping"),
        missed: random.pick(.skip, .runOnce, .runAll(limit: 3)),
        startDeadline: TimeSpan(seconds: Int64(random.pick(300, 1800, 3600, 21_600))),
        overlap: random.pick(.skip, .queue, .cancelRunning),
        transitions: TransitionPolicy(gap: random.pick(.shift, .skip), fold: random.pick(.first, .second, .both))))
  }

  private mutating func cadence() -> Cadence {
    if random.chance(50) { return .every(TimeSpan(seconds: Int64(random.pick(1500, 1800, 3600, 7200))), anchor: nil) }
    let text = random.pick("0 * * * *", "*/30 * * * *", "30 */2 * * *", "15 9-17 * * *", "30 2,13 * * *")
    switch parseCron(text) {
    case .success(let cron): return .cron(cron)
    case .failure: return .every(TimeSpan(seconds: 3600), anchor: nil)
    }
  }
}

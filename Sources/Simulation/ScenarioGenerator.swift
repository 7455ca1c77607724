import SeededRandom
import ControlLoop
public import PipelineModel

extension Scenario {
  /// What a drawn scenario is mostly about.
  public enum Flavour: String, Hashable, Sendable, CaseIterable {
    case everyday
    /// Continuous runs, and requests to complete them.
    case continuous
    /// Two teams with a folder each, which now and then claim each other's pipelines.
    case teams
    /// Jobs that are one program each, which declare more or less of what they are asked for.
    case commands
    /// A controller that stays follows a repository and starts slots.
    case staying
    /// Pipelines at services of others, beside some on the embedded engine.
    case services
    /// The same with a controller that stays.
    case stayingServices
  }

  /// A scenario drawn from a seed.
  public init(seed: UInt64, flavour: Flavour = .everyday) {
    switch flavour {
    case .staying, .stayingServices:
      var generator = StayingGenerator(seed: seed, flavour: flavour)
      self = generator.scenario()
    case .everyday, .continuous, .teams, .commands, .services:
      var generator = ScenarioGenerator(seed: seed, flavour: flavour)
      self = generator.scenario()
    }
  }
}

/// Draws what users do.
struct ScenarioGenerator {
  private var random: SplitMix64
  private let seed: UInt64
  private let flavour: Scenario.Flavour
  private var names: [PipelineName] = []
  private var requests = 0
  private var capacity = 32
  private var versions: [Manifests] = []
  private var homes = ServiceHomes()
  private let sourceSet = SourceSet.path("/srv/manifests")
  private let otherSet = SourceSet.path("/srv/others")

  init(seed: UInt64, flavour: Scenario.Flavour) {
    self.seed = seed
    self.flavour = flavour
    random = SplitMix64(seed: seed)
  }

  mutating func scenario() -> Scenario {
    names = ["orders", "customers", "events"].prefix(random.int(1...3)).map { PipelineName($0) }
    capacity = random.pick(32, 32, 1, 2)
    if flavour == .services {
      names = Array(Scenario.pipelineNames.prefix(random.int(2...4)))
      homes = ServiceHomes(of: names, &random)
    }
    var actions = [firstApply()]
    if flavour == .teams { actions.append(otherApply()) }
    for _ in 0..<random.int(2...8) { actions.append(action()) }
    let faults = random.chance(70) ? FaultRates.some : .none
    let crashes = random.chance(60) ? CrashPlan.sometimes(random.pick(1, 3, 8)) : .never
    return Scenario(
      name: "\(flavour), seed \(seed)", seed: seed, actions: actions, faults: faults, crashes: crashes,
      repeats: random.pick(100, 50, 0))
  }

  private mutating func firstApply() -> UserAction {
    let pipelines = names.map { pipeline($0) }
    return applied(Manifests(pipelines: pipelines, sourceSet: sourceSet))
  }

  /// The other team applies its folder; now and then it claims or drops what is not its own.
  private mutating func otherApply() -> UserAction {
    var wanted = [pipeline(PipelineName("invoices")), pipeline(PipelineName("refunds"))]
    if random.chance(30) { wanted.append(pipeline(name())) }
    if random.chance(30) { wanted.remove(at: random.int(0...1)) }
    for position in wanted.indices { wanted[position].sourceSet = otherSet }
    let prune = random.chance(40) ? PruneLimit(objects: 10, percent: 100) : nil
    return .apply(
      Manifests(pipelines: wanted, sourceSet: otherSet, prune: prune), until: wait(), consents: consents())
  }

  private mutating func action() -> UserAction {
    if flavour == .teams, random.chance(35) { return otherApply() }
    if flavour == .services, random.chance(20) { return .meddle(name()) }
    return switch random.int(1...20) {
    case 1...6: edited()
    case 7: reapplied()
    case 8: pruned()
    case 9...13: command()
    case 14: .pause(name(), random.chance(70) ? override() : nil)
    case 15: .foreignRun(name())
    case 16: .outage(TimeSpan(seconds: Int64(random.int(1...60))))
    case 17: .interrupt
    case 18: saved()
    default: .wait(TimeSpan(seconds: Int64(random.int(1...300))))
    }
  }

  private mutating func name() -> PipelineName {
    names[random.int(0...names.count - 1)]
  }

  private mutating func applied(_ manifests: Manifests) -> UserAction {
    versions.append(manifests)
    return .apply(manifests, until: wait(), consents: consents())
  }

  private mutating func wait() -> WaitGoal { random.pick(.settled, .settled, .started, .planned) }

  private mutating func consents() -> ConsentGrant { random.chance(85) ? .everything : ConsentGrant() }

  private mutating func edited() -> UserAction {
    var manifests = versions[versions.count - 1]
    guard !manifests.pipelines.isEmpty else { return firstApply() }
    let position = random.int(0...manifests.pipelines.count - 1)
    manifests.prune = nil
    var changed = manifests.pipelines[position]
    if random.chance(80) { changed.spec.job = random.chance(90) ? job() : nil }
    if random.chance(20) { changed.spec.mode = mode() }
    if random.chance(20) {
      changed.spec.paused = random.pick(.unmanaged, .active, .paused(PauseDetails(reason: "maintenance")))
    }
    if flavour == .commands, random.chance(30) { changed.spec.work = .command(program()) }
    if random.chance(10) { changed.spec.limits.cancelGrace = TimeSpan(seconds: Int64(random.int(1...90))) }
    manifests.pipelines[position] = homes.fit(changed, &random)
    return applied(manifests)
  }

  /// Somebody goes back to an older commit.
  private mutating func reapplied() -> UserAction {
    applied(versions[random.int(0...versions.count - 1)])
  }

  private mutating func pruned() -> UserAction {
    var manifests = versions[versions.count - 1]
    if random.chance(60), manifests.pipelines.count > 1 { manifests.pipelines.removeLast() }
    manifests.prune = random.chance(60) ? PruneLimit(objects: 10, percent: 100) : nil
    return applied(manifests)
  }

  private mutating func saved() -> UserAction {
    var manifests = versions[versions.count - 1]
    for position in manifests.pipelines.indices where random.chance(50) {
      manifests.pipelines[position].spec.job = homes.fit(job(), of: manifests.pipelines[position].name)
    }
    versions.append(manifests)
    return .applySaved(manifests, after: TimeSpan(seconds: Int64(random.int(0...120))))
  }

  private mutating func command() -> UserAction {
    let name = name()
    return .request(name, homes.fit(job(), of: name), until: wait(), consents: consents())
  }

  private mutating func override() -> PauseOverride {
    PauseOverride(
      isPaused: random.chance(60), reason: nil, by: "user", since: Timestamp(seconds: 1_800_000_000), until: nil)
  }

  private mutating func job() -> JobRequest {
    requests += 1
    // Now and then an id that was used before.
    let number = random.chance(10) ? random.int(1...requests) : requests
    let expiry = random.chance(15) ? TimeSpan(seconds: Int64(random.int(5...200))) : nil
    return JobRequest(request: RequestID("request-\(number)"), action: jobAction(), expireAfter: expiry)
  }

  private mutating func jobAction() -> JobAction {
    if flavour == .continuous, random.chance(35) { return .complete }
    switch random.int(1...10) {
    case 1...6:
      return .start(
        StartOptions(
          mode: random.chance(50) ? mode() : nil, ifRunning: random.pick(.reject, .wait, .replace),
          dropDestinationFirst: random.chance(10)))
    case 7...9: return .cancel
    default: return .complete
    }
  }

  private mutating func mode() -> RunMode {
    if flavour == .continuous, random.chance(80) { return .continuous }
    if flavour == .commands, random.chance(30) { return .continuous }
    return random.pick(.incremental, .incremental, .historical, .snapshot, .continuous)
  }

  private mutating func pipeline(_ name: PipelineName) -> DesiredPipeline {
    var pipeline = DesiredPipeline.sample(name, sourceSet: sourceSet, maxConcurrentRuns: capacity)
    pipeline.spec.mode = mode()
    pipeline.spec.retry = RetryPolicy(attempts: random.pick(1, 1, 2, 3), backoff: TimeSpan(seconds: 10))
    pipeline.isProtected = random.chance(10)
    if random.chance(60) { pipeline.spec.job = job() }
    if flavour == .commands { pipeline.spec.work = .command(program()) }
    return homes.fit(pipeline, &random)
  }

  private mutating func program() -> CommandJob {
    let some: Set<RunMode> = random.pick([.incremental], [.incremental, .historical], [.continuous])
    return CommandJob(
      argv: ["job-\(random.int(1...3))"],
      capabilities: CommandCapabilities(
        modes: random.chance(60) ? Set(RunMode.allCases) : some, canComplete: random.chance(70),
        canDropDestinationFirst: random.chance(50)))
  }
}

extension DesiredPipeline {
  /// A small pipeline on the local engine.
  public static func sample(
    _ name: PipelineName, sourceSet: SourceSet = .path("/srv/manifests"), maxConcurrentRuns: Int = 32,
    job: JobRequest? = nil
  ) -> DesiredPipeline {
    let source = Connection(name: "shop", connector: .builtin("csv"), config: [])
    let destination = Connection(name: "warehouse", connector: .builtin("sqlite"), config: [])
    let work = Work.replication(Replication(source: source, destination: destination, streams: .all))
    let engine = EngineSpec(name: .local, type: "local", maxConcurrentRuns: maxConcurrentRuns)
    return DesiredPipeline(name: name, spec: PipelineSpec(engine: engine, work: work, job: job), sourceSet: sourceSet)
  }

  /// The same at a service of others.
  public static func sample(_ name: PipelineName, at kind: ServiceKind, job: JobRequest? = nil) -> DesiredPipeline {
    var pipeline = sample(name, maxConcurrentRuns: kind.isExclusive ? 1 : 32, job: job)
    pipeline.spec.engine.name = kind.engine
    pipeline.spec.engine.type = kind.rawValue
    pipeline.spec.mode = kind.modes[0]
    guard kind.holdsDefinitions else { return pipeline }
    pipeline.spec.work = .remote(id: ServiceKind.unit(of: name))
    pipeline.spec.schedule = .unmanaged
    pipeline.spec.paused = .active
    return pipeline
  }
}

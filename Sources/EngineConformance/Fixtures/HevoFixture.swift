import ContractServers
public import EngineAPI
import EngineHTTP
import HevoEngine
public import PipelineModel

/// Hevo's engine before an account that plays its interface.
public struct HevoFixture: ServiceFixture {
  public let service: HTTPService
  private let account: HevoContract

  private static let firstPipeline = 16
  private static let name = EngineName("hevo")
  private static let jobTakes = TimeSpan(seconds: 7200)

  /// - Parameter units: how many pipelines the account has.
  public static func serve(units: Int, while body: @Sendable @escaping (HevoFixture) async throws -> Void) async throws
  {
    let clock = ManualClock()
    let account = HevoContract(HevoAccount(pipelines: (1...units).map { pipeline($0) }), clock: clock)
    // In which order jobs are listed is not documented.
    let dialect = ScriptedDialect(account, ordered: { _ in false }) { effect(of: $0) }
    let credential = Credential.basic(user: "hevo-key", password: "hevo-secret")
    try await HTTPService.serve(dialect, time: VirtualTime(clock: clock), credential: credential) {
      try await body(HevoFixture(service: $0, account: account))
    }
  }

  private static func pipeline(_ unit: Int) -> HevoPipelineState {
    var pipeline = HevoPipelineState(id: firstPipeline + unit, name: "Shop \(unit)")
    pipeline.jobTakes = jobTakes
    pipeline.frequency = 360
    return pipeline
  }

  private static func effect(of request: ServedRequest) -> ServedEffect? {
    guard request.path.count > 3, request.path.starts(with: ["api", "v1", "pipelines"]), let id = Int(request.path[3])
    else { return nil }
    let unit = id - firstPipeline
    switch (request.method, Array(request.path.dropFirst(4))) {
    case ("POST", ["actions", "sync-now"]), ("POST", ["actions", "resync"]): return ServedEffect(.start, unit)
    case ("POST", let path) where path.first == "jobs" && path.last == "cancel": return ServedEffect(.stop, unit)
    case ("POST", _), ("PATCH", _): return ServedEffect(.write, unit)
    case _: return nil
    }
  }

  public var promises: EnginePromises {
    EnginePromises(capabilities: .hevo, isShared: true, startsWhilePaused: false)
  }

  public func engine(over memory: any EngineMemory) -> any Engine {
    HevoEngine(name: Self.name, caller: service.caller, pacing: service.time, memory: memory)
  }

  public func spec(of unit: Int) -> PipelineSpec {
    PipelineSpec(
      engine: EngineSpec(name: Self.name, type: "hevo"), work: .remote(id: String(Self.firstPipeline + unit)),
      schedule: .unmanaged)
  }

  public func setStubborn(_ isStubborn: Bool) {
    account.change { (habits: inout HevoAccount.Habits) in
      habits.cancelTakes = TimeSpan(seconds: isStubborn ? 3600 : 20)
    }
  }

  public func click(_ click: Click, on unit: Int) {
    let id = Self.firstPipeline + unit
    switch click {
    case .start: account.begin(id)
    case .stop: account.cancelJob(id)
    case .pause: account.change(id) { $0.status = "DISABLED" }
    case .resume: account.change(id) { $0.status = "ENABLED" }
    case .reschedule: account.change(id) { $0.frequency = 30 }
    }
  }

  public func finishJobs() async throws {
    for span in [Self.jobTakes, TimeSpan(seconds: 30)] { pass(span) }
  }

  public func served(_ unit: Int) -> ServedUnit {
    let effects = service.dialect.effects.filter { $0.unit == unit }
    let pipeline = account.pipeline(Self.firstPipeline + unit)
    let ended = pipeline?.jobs.last { !$0.isActive }
    return ServedUnit(
      started: effects.count { $0.kind == .start }, stopped: effects.count { $0.kind == .stop },
      running: pipeline?.activeJob == nil ? 0 : 1,
      isPaused: pipeline.map { ["DISABLED", "DISABLING"].contains($0.status) },
      lastEnd: ended.map { $0.status == "CANCELLED" ? .fromOutside : .byItself })
  }
}

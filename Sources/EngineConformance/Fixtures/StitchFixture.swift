import ContractServers
public import EngineAPI
import EngineHTTP
public import PipelineModel
import StitchEngine

/// Stitch's engine before an account that plays its Connect API.
public struct StitchFixture: ServiceFixture {
  public let service: HTTPService
  private let account: StitchContract

  private static let firstSource = 4710
  private static let name = EngineName("stitch")
  private static let jobTakes = TimeSpan(seconds: 7200)
  private static let loadTakes = TimeSpan(seconds: 60)

  /// - Parameter units: how many sources the account has.
  public static func serve(units: Int, while body: @Sendable @escaping (StitchFixture) async throws -> Void)
    async throws
  {
    let clock = ManualClock()
    let account = StitchContract(StitchAccount(sources: (1...units).map { source($0) }), clock: clock)
    // Extractions are sorted by source, as documented; nothing is said of the others.
    let dialect = ScriptedDialect(account, ordered: { $0.path.last == "extractions" }) { effect(of: $0) }
    try await HTTPService.serve(dialect, time: VirtualTime(clock: clock), credential: .bearer("stitch-token")) {
      try await body(StitchFixture(service: $0, account: account))
    }
  }

  private static func source(_ unit: Int) -> StitchSourceState {
    var source = StitchSourceState(id: firstSource + unit, name: "Shop \(unit)")
    source.jobTakes = jobTakes
    source.loadTakes = loadTakes
    source.properties["frequency_in_minutes"] = "360"
    return source
  }

  private static func effect(of request: ServedRequest) -> ServedEffect? {
    guard request.path.count > 2, request.path.starts(with: ["v4", "sources"]), let id = Int(request.path[2]) else {
      return nil
    }
    let unit = id - firstSource
    switch (request.method, request.path.dropFirst(3).first) {
    case ("POST", "sync"?):
      return ServedEffect(.start, unit) { String(decoding: $0.body, as: UTF8.self).contains("job_name") }
    case ("DELETE", "sync"?): return ServedEffect(.stop, unit)
    case ("PUT", _), ("DELETE", nil): return ServedEffect(.write, unit)
    case _: return nil
    }
  }

  public var promises: EnginePromises {
    EnginePromises(capabilities: .stitch, isShared: true, startsWhilePaused: true)
  }

  public func engine(over memory: any EngineMemory) -> any Engine {
    StitchEngine(name: Self.name, caller: service.caller, pacing: service.time, memory: memory)
  }

  public func spec(of unit: Int) -> PipelineSpec {
    PipelineSpec(
      engine: EngineSpec(name: Self.name, type: "stitch"), work: .remote(id: String(Self.firstSource + unit)),
      schedule: .unmanaged)
  }

  public func setStubborn(_ isStubborn: Bool) {
    account.change(habits: { $0.stopTakes = TimeSpan(seconds: isStubborn ? 3600 : 20) })
  }

  public func click(_ click: Click, on unit: Int) {
    let id = Self.firstSource + unit
    switch click {
    case .start: account.begin(id)
    case .stop: account.stopJob(id)
    case .pause: account.change(id) { $0.pausedAt = service.time.now() }
    case .resume: account.change(id) { $0.pausedAt = nil }
    case .reschedule: account.change(id) { $0.properties["frequency_in_minutes"] = "30" }
    }
  }

  public func finishJobs() async throws {
    for span in [Self.jobTakes, Self.loadTakes, TimeSpan(seconds: 1)] { pass(span) }
  }

  public func served(_ unit: Int) -> ServedUnit {
    let effects = service.dialect.effects.filter { $0.unit == unit }
    let source = account.source(Self.firstSource + unit)
    return ServedUnit(
      started: effects.count { $0.kind == .start }, stopped: effects.count { $0.kind == .stop },
      running: source?.job == nil ? 0 : 1, isPaused: source.map { $0.pausedAt != nil },
      lastEnd: (source?.last).map { $0.exits == .terminated ? .fromOutside : .byItself })
  }
}

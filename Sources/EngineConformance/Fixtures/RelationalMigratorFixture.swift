import ContractServers
public import EngineAPI
import EngineHTTP
public import PipelineModel
import RelationalMigratorEngine

/// Relational Migrator's engine before an instance that plays its interface. Its jobs are migrations of projects, one at a time altogether.
public struct RelationalMigratorFixture: ServiceFixture {
  public let service: HTTPService
  private let instance: MigratorContract

  private static let name = EngineName("mover")
  private static let snapshotTakes = TimeSpan(seconds: 7200)

  /// - Parameter units: how many projects the instance has.
  public static func serve(
    units: Int, while body: @Sendable @escaping (RelationalMigratorFixture) async throws -> Void
  ) async throws {
    let clock = ManualClock()
    var state = MigratorInstance(projects: (1...units).map { MigratorProject(id: project($0), name: "Shop \($0)") })
    state.plan.snapshotTakes = snapshotTakes
    let instance = MigratorContract(state, clock: clock)
    // Jobs come in the order that is asked for.
    let dialect = ScriptedDialect(instance, ordered: { $0.query["sort"] != nil }) { effect(of: $0, at: instance) }
    try await HTTPService.serve(dialect, time: VirtualTime(clock: clock), credential: nil) {
      try await body(RelationalMigratorFixture(service: $0, instance: instance))
    }
  }

  private static func project(_ unit: Int) -> String { "project-\(unit)" }
  private static func unit(of project: String) -> Int { project.split(separator: "-").last.flatMap { Int($0) } ?? 0 }

  private static func effect(of request: ServedRequest, at instance: MigratorContract) -> ServedEffect? {
    guard request.method == "POST" else { return nil }
    switch Array(request.path.drop { $0 != "jobs" }) {
    case ["jobs"]:
      guard case .object(let members)? = JSON(parsing: request.body), case .string(let project)? = members["projectId"]
      else { return nil }
      return ServedEffect(.start, unit(of: project))
    case let path where path.count == 3 && path[2] == "stop":
      let project = instance.instance.jobs.first { $0.id == path[1] }?.projectID ?? ""
      return ServedEffect(.stop, unit(of: project))
    case _: return nil
    }
  }

  public var promises: EnginePromises {
    EnginePromises(capabilities: .relationalMigrator, isShared: true, startsWhilePaused: true)
  }

  public func engine(over memory: any EngineMemory) -> any Engine {
    RelationalMigratorEngine(name: Self.name, caller: service.caller, pacing: service.time, memory: memory) { _ in
      "mongodb+srv://shop:secret@cluster.example.com/shop"
    }
  }

  public func spec(of unit: Int) -> PipelineSpec {
    let source = MigrationSource(
      type: "POSTGRESQL", url: .string("jdbc:postgresql://db.internal/shop"), user: .string("shop"),
      password: .environment("DB_PASSWORD"))
    let migration = Migration(
      project: Self.project(unit), source: source, destination: .environment("DESTINATION"))
    return PipelineSpec(
      engine: EngineSpec(name: Self.name, type: "relational-migrator", maxConcurrentRuns: 1),
      work: .migration(migration), mode: .snapshot)
  }

  public func setStubborn(_ isStubborn: Bool) {
    instance.change { $0.habits.stopTakes = TimeSpan(seconds: isStubborn ? 3600 : 20) }
  }

  public func click(_ click: Click, on unit: Int) {
    let now = service.time.now()
    switch click {
    case .start: instance.change { $0.begin(project: Self.project(unit), at: now) }
    case .stop: instance.change { $0.stopJob(at: now) }
    // It has neither schedules nor pauses.
    case .pause, .resume, .reschedule: break
    }
  }

  public func finishJobs() async throws {
    for span in [Self.snapshotTakes, TimeSpan(seconds: 300)] { pass(span) }
  }

  public func served(_ unit: Int) -> ServedUnit {
    let effects = service.dialect.effects.filter { $0.unit == unit }
    let jobs = instance.instance.jobs.filter { $0.projectID == Self.project(unit) }
    let ended = jobs.last { !$0.isUnderWay }
    return ServedUnit(
      started: effects.count { $0.kind == .start }, stopped: effects.count { $0.kind == .stop },
      running: jobs.count(where: \.isUnderWay),
      lastEnd: ended.map { $0.status == "CANCELLED" ? .fromOutside : .byItself })
  }
}

public import ControlLoop
public import EngineAPI
import LocalEngine
public import PipelineModel

/// The embedded engine with real processes: commands that run until they are told to end.
public struct LocalFixture: EngineFixture {
  private let folder: TrialFolder
  private let engine: LocalEngine
  private let script: LocalScript

  /// - Parameter program: the path of `pipectl`, which supervises the runs.
  public static func serve(
    supervisedBy program: String, while body: @Sendable @escaping (LocalFixture) async throws -> Void
  ) async throws {
    let fixture = try LocalFixture(program)
    let end: Result<Void, any Error>
    do { end = .success(try await body(fixture)) } catch { end = .failure(error) }
    try fixture.folder.remove("stubborn")
    try await fixture.finishJobs()
    try end.get()
  }

  private init(_ program: String) throws {
    folder = try TrialFolder("local")
    engine = LocalEngine(runsDirectory: folder.file("runs"), supervisorCommand: [program, "supervise"])
    script = LocalScript()
    try folder.write("job", Self.job)
    try folder.write("hold", "")
  }

  /// Runs while `hold` is there, and ends on SIGTERM unless `stubborn` is.
  private static let job = """
    cd "$(dirname "$0")"
    echo x >> "began-$1"
    asked=
    trap 'asked=x; echo x >> "stopped-$1"' TERM
    while [ -e hold ]; do
      if [ -n "$asked" ] && [ ! -e stubborn ]; then break; fi
      sleep 0.05
    done
    if [ -n "$asked" ]; then echo outside >> "ended-$1"; exit 143; fi
    echo itself >> "ended-$1"
    """

  public var promises: EnginePromises {
    EnginePromises(capabilities: .local, isShared: false, startsWhilePaused: true)
  }
  public var clock: any WallClock { script }
  public var waiter: any RunWaiter { LocalWaiter(engine: engine, script: script) }
  public var effects: Int { script.effects }
  public var calls: [String] { [] }
  public var complaints: [String] { [] }

  public func engine(over memory: any EngineMemory) -> any Engine { UpsetEngine(engine: engine, script: script) }

  public func spec(of unit: Int) -> PipelineSpec {
    let job = CommandJob(
      argv: ["/bin/sh", folder.file("job"), String(unit)],
      capabilities: CommandCapabilities(modes: Set(RunMode.allCases)))
    return PipelineSpec(work: .command(job), limits: Limits(cancelGrace: TimeSpan(seconds: 600)))
  }

  public func upset(_ call: ServedCall, _ upset: Upset) { script.add(upset, to: call) }
  public func setReachable(_ isReachable: Bool) { script.setReachable(isReachable) }
  /// Its files are its own, and there is one way to write them.
  public func setReworded(_ isReworded: Bool) {}
  public func setStubborn(_ isStubborn: Bool) throws {
    if isStubborn { try folder.write("stubborn", "") } else { try folder.remove("stubborn") }
  }

  /// Nobody else has this engine.
  public func click(_ click: Click, on unit: Int) {}

  public func pass(_ span: TimeSpan) { script.pass(span) }

  public func finishJobs() async throws {
    try folder.remove("hold")
    try await eventually("every job has ended") {
      guard case .complete(_, _, let runs, _) = await engine.observe() else { return false }
      return runs.allSatisfy(\.status.isEnded)
    }
    try folder.write("hold", "")
  }

  public func served(_ unit: Int) -> ServedUnit {
    let ends = folder.lines("ended-\(unit)")
    let began = folder.lines("began-\(unit)").count
    return ServedUnit(
      started: began, stopped: folder.lines("stopped-\(unit)").count, running: began - ends.count,
      lastEnd: ends.last.map { $0 == "outside" ? .fromOutside : .byItself })
  }
}

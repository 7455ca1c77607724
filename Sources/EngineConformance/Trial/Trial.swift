public import ControlLoop
import EngineAPI
public import PipelineModel
import Reconciler
public import SQLiteStore
import StoreAPI

/// A state folder and an engine: each goal is pursued by a controller of its own, as by a process that comes and goes.
public final class Trial: Sendable {
  public let fixture: any EngineFixture
  public let store: SQLiteStore
  private let folder: TrialFolder
  private let moments = Moments()

  public init(_ fixture: any EngineFixture) throws {
    self.fixture = fixture
    folder = try TrialFolder("state")
    store = try SQLiteStore.open(folder: folder.path)
  }

  public var promises: EnginePromises { fixture.promises }

  // MARK: What manifests say

  public func name(_ unit: Int = 1) -> PipelineName {
    let digits = String(unit)
    return PipelineName("unit-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  /// The manifest of a unit, changed as a test wants it.
  public func manifest(_ unit: Int = 1, _ change: (inout PipelineSpec) -> Void = { _ in }) -> DesiredPipeline {
    var spec = fixture.spec(of: unit)
    change(&spec)
    return DesiredPipeline(name: name(unit), spec: spec, sourceSet: Self.manifests)
  }

  private static let manifests = SourceSet.path("/srv/manifests")

  func goal(_ manifests: [DesiredPipeline], until: WaitGoal) -> LoopGoal {
    let desired = DesiredState(
      pipelines: manifests.sorted { $0.name < $1.name }, sourceSets: [Self.manifests])
    return LoopGoal(desired: desired, consents: .all, until: until)
  }

  // MARK: What users do

  @discardableResult
  public func apply(_ manifests: DesiredPipeline..., until: WaitGoal = .settled) async -> LoopResult {
    await apply(manifests, until: until)
  }

  @discardableResult
  public func apply(_ manifests: [DesiredPipeline], until: WaitGoal = .settled) async -> LoopResult {
    await controller().run(goal(manifests, until: until))
  }

  /// By command.
  @discardableResult
  public func ask(
    _ id: String, _ action: JobAction, of unit: Int = 1, until: WaitGoal = .settled
  ) async -> LoopResult {
    let name = name(unit)
    let record = RequestRecord(
      key: RequestKey(name, RequestID(id)), job: JobRequest(request: RequestID(id), action: action),
      origin: .command(by: "a user"), recordedAt: fixture.clock.now(), state: .pending(behind: nil))
    return await controller().run(
      LoopGoal(scope: [name], submissions: [.request(record)], consents: .all, until: until))
  }

  /// A pause or resume by command; absent takes it away.
  @discardableResult
  public func override(_ isPaused: Bool?, until end: Timestamp? = nil, of unit: Int = 1) async -> LoopResult {
    let override = isPaused.map {
      PauseOverride(isPaused: $0, reason: nil, by: "a user", since: fixture.clock.now(), until: end)
    }
    return await controller().run(
      LoopGoal(scope: [name(unit)], submissions: [.override(name(unit), override)], until: .started))
  }

  /// Whatever is under way comes to its end.
  @discardableResult
  public func settle() async -> LoopResult { await controller().run(LoopGoal(consents: .all)) }

  public func preview(_ manifests: DesiredPipeline...) async throws -> Preview {
    try await controller().preview(goal(manifests, until: .settled))
  }

  // MARK: What gets in the way

  /// Happens right before the engine is called next, when nothing keeps it from being called any more.
  public func once(before call: ServedCall, _ body: @escaping @Sendable () async throws -> Void) {
    moments.once(before: call, body)
  }

  /// The controller at work next dies when its engine has been called once, before it records anything of that.
  public func dieAfterNextCall() { moments.haveNextDie() }

  // MARK: What became of it

  public func run(_ number: Int = 1, of unit: Int = 1) throws -> RunRecord? {
    try store.run(RunID(pipeline: name(unit), number: number))
  }

  public func outcome(ofRun number: Int = 1, of unit: Int = 1) throws -> RunOutcome? {
    try run(number, of: unit)?.report.status.outcome
  }

  public func result(of request: String, of unit: Int = 1) throws -> RequestResult? {
    try store.requests(of: name(unit), limit: 100).first { $0.key.request == RequestID(request) }?.state.result
  }

  public func served(_ unit: Int = 1) -> ServedUnit { fixture.served(unit) }

  /// Real programs take a moment to begin.
  public func awaitRunning(_ count: Int = 1, of unit: Int = 1) async throws {
    try await eventually("\(count) jobs of unit \(unit) run") { served(unit).running == count }
  }

  var trouble: [String] { moments.trouble }

  func controller(isReversed: Bool = false) -> Controller {
    let life = moments.beginLife()
    let engine = WatchedEngine(
      engine: fixture.engine(over: store), moments: moments, life: life, isReversed: isReversed)
    return Controller(
      store: MortalStore(store, life: life), engines: [engine], lock: FreeLock(), clock: fixture.clock,
      waiter: fixture.waiter)
  }
}

extension ConsentGrant {
  fileprivate static let all = ConsentGrant(Set(Consent.allCases))
}

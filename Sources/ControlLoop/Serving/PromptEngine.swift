public import EngineAPI
public import PipelineModel

/// A remote engine for a controller that has others to look after: it is waited for only so long, and what it is still busy with goes on
/// meanwhile.
///
/// It is given one call after the other, so a look never overlaps an effect. A look that came too late is the answer to the next one, unless
/// something was asked for since that it cannot know of. Once a call was late, nobody waits for the engine until it is in time again.
public actor PromptEngine: Engine {
  public nonisolated let name: EngineName
  /// The engine itself, for whoever waits however long it takes.
  public nonisolated let engine: any Engine
  private let wallClock: any WallClock
  private let patience: Duration
  private let freshness: Duration
  private let clock = ContinuousClock()

  private var underWay: UnderWay?
  private var lastLook: LastLook?
  private var isLate = false
  private var waiters: [Int: Waiter] = [:]
  private var serial = 0

  private struct UnderWay {
    var call: EngineCall
    var number: Int
    var since: ContinuousClock.Instant
    var task: Task<Void, Never>
  }

  private struct LastLook {
    var look: EngineLook
    /// Those that it was asked about.
    var pipelines: Set<PipelineName>
    var at: ContinuousClock.Instant
    var isHeard: Bool
  }

  private struct Waiter {
    /// The call that is waited for.
    var number: Int
    var continuation: CheckedContinuation<EngineCall.Outcome?, Never>
  }

  /// How long an answer that came too late waits to be heard.
  private static let memory = Duration.seconds(60)
  /// How long an engine is waited for that was late before.
  private static let glance = Duration.milliseconds(100)

  /// - Parameter freshness: while a look is as young as that nobody has to look again.
  public init(
    _ engine: any Engine, clock: any WallClock, patience: Duration = .seconds(5), freshness: Duration = .seconds(5)
  ) {
    name = engine.name
    self.engine = engine
    wallClock = clock
    self.patience = patience
    self.freshness = freshness
  }

  deinit { underWay?.task.cancel() }

  public func observe() async -> EngineObservation { await look().observation }

  public func look() async -> EngineLook { await look(at: []) }

  public func look(at pipelines: [PipelineRecord]) async -> EngineLook {
    let asked = engine.looksByPipeline ? pipelines : []
    if let known = lastLook, known.pipelines.isSuperset(of: asked.lazy.map(\.name)),
      known.at + (known.isHeard ? freshness : Self.memory) > clock.now
    {
      lastLook?.isHeard = true
      return known.look
    }
    switch await perform(.look(at: asked)) {
    case .ended(.looked(let look)):
      lastLook?.isHeard = true
      return look
    case .ended, .underWay, .notBegun: return EngineLook(.unavailable(lateness, at: wallClock.now()))
    }
  }

  public func write(_ order: SettingsOrder) async throws(EngineError) { try await effect(.write(order)) }

  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    try await effect(.start(order, basis))
  }

  public func stop(_ order: StopOrder) async throws(EngineError) { try await effect(.stop(order)) }
  public func retire(_ run: RunID) async throws(EngineError) { try await effect(.retire(run)) }

  public func discard(_ runs: [RunID]) async -> DiscardedRuns {
    guard case .ended(.discarded(let discarded)) = await perform(.discard(runs)) else { return DiscardedRuns(gone: []) }
    return discarded
  }

  /// What has not begun has certainly done nothing; what is under way may have.
  private func effect(_ call: EngineCall) async throws(EngineError) {
    switch await perform(call) {
    case .ended(.failed(let error)): throw error
    case .ended: return
    case .underWay: throw EngineError(.unavailable, lateness, .uncertain)
    case .notBegun: throw EngineError(.unavailable, lateness, .retryable)
    }
  }

  private var lateness: String {
    "it has not answered in time; it goes on being asked, and nothing else waits for it"
  }

  private enum Progress {
    case ended(EngineCall.Outcome)
    case underWay
    case notBegun
  }

  private func perform(_ call: EngineCall) async -> Progress {
    let deadline = clock.now + (isLate ? Self.glance : patience)
    while let other = underWay, other.call != call {
      _ = await outcome(of: other.number, before: deadline)
      if underWay != nil, clock.now >= deadline { return .notBegun }
    }
    let number = underWay?.number ?? begin(call)
    if let outcome = await outcome(of: number, before: deadline) { return .ended(outcome) }
    isLate = true
    return .underWay
  }

  private func begin(_ call: EngineCall) -> Int {
    let number = nextNumber()
    if call.changesEngine { lastLook = nil }
    let task = Task { [engine] in end(number, await call.made(of: engine)) }
    underWay = UnderWay(call: call, number: number, since: clock.now, task: task)
    return number
  }

  private func end(_ number: Int, _ outcome: EngineCall.Outcome) {
    guard let ended = underWay, ended.number == number else { return }
    underWay = nil
    isLate = clock.now - ended.since > patience
    if case .looked(let look) = outcome, case .look(let pipelines) = ended.call {
      lastLook = LastLook(look: look, pipelines: Set(pipelines.map(\.name)), at: clock.now, isHeard: false)
    }
    for (key, waiter) in waiters where waiter.number == number {
      waiters[key] = nil
      waiter.continuation.resume(returning: outcome)
    }
  }

  /// Nil where it did not come in time.
  private func outcome(of number: Int, before deadline: ContinuousClock.Instant) async -> EngineCall.Outcome? {
    let key = nextNumber()
    let alarm = Task { [clock] in
      try? await clock.sleep(until: deadline)
      giveUp(key)
    }
    let outcome = await withCheckedContinuation { waiters[key] = Waiter(number: number, continuation: $0) }
    alarm.cancel()
    return outcome
  }

  private func giveUp(_ key: Int) {
    waiters.removeValue(forKey: key)?.continuation.resume(returning: nil)
  }

  private func nextNumber() -> Int {
    serial += 1
    return serial
  }
}

import SeededRandom
public import EngineAPI
public import PipelineModel

/// An engine that lives under a virtual clock and misbehaves on demand; it knows the truth about its runs.
public struct ModelEngine: Sendable {
  public let name: EngineName
  public var faults: FaultRates
  public private(set) var now: Timestamp
  public private(set) var runs: [RunID: ModelRun] = [:]
  public private(set) var retired: Set<RunID> = []
  /// Nothing gets through until then.
  public var outageUntil: Timestamp?
  private var random: SplitMix64
  private var revision = 0

  public init(name: EngineName = .local, faults: FaultRates = .none, now: Timestamp, seed: UInt64 = 0) {
    self.name = name
    self.faults = faults
    self.now = now
    random = SplitMix64(seed: seed)
  }

  public mutating func advance(to instant: Timestamp) {
    now = max(now, instant)
    for run in runs.keys { runs[run]?.advance(to: now) }
  }

  /// The next instant at which a run changes by itself.
  public var nextChange: Timestamp? {
    runs.values.filter(\.isActive).compactMap(\.future.first?.at).min()
  }

  public func active(of pipeline: PipelineName) -> [ModelRun] {
    runs.values.filter { $0.order.run.pipeline == pipeline && $0.isActive }.sorted { $0.order.run < $1.order.run }
  }

  public var isOut: Bool { outageUntil.map { $0 > now } ?? false }

  // MARK: What it is asked

  /// An incomplete listing is an unavailable engine: what it leaves out must not look absent.
  public mutating func observe() -> EngineObservation {
    if isOut { return .unavailable("connection refused", at: now) }
    if random.chance(faults.unreadable) { return .unavailable("the listing was incomplete", at: now) }
    revision += 1
    var reports = runs.values.filter { !retired.contains($0.order.run) }.map(\.report).sorted { $0.run < $1.run }
    let unreadable = illegible(among: &reports)
    if random.chance(faults.duplicated), let last = reports.last { reports.append(last) }
    return .complete(Revision("r\(revision)"), at: now, runs: reports, unreadable: unreadable)
  }

  /// Draws nothing where no such fault is asked for, so that the seeds of other scenarios keep their meaning.
  private mutating func illegible(among reports: inout [RunReport]) -> [UnreadableRun] {
    guard faults.illegible > 0, !reports.isEmpty, random.chance(faults.illegible) else { return [] }
    let hidden = reports.remove(at: random.int(0...(reports.count - 1)))
    return [UnreadableRun(run: hidden.run, reason: "its folder is damaged")]
  }

  public mutating func start(_ order: StartOrder) throws(EngineError) {
    try call { engine throws(EngineError) in try engine.begin(order) }
  }

  public mutating func stop(_ order: StopOrder) throws(EngineError) {
    try call { engine throws(EngineError) in try engine.end(order) }
  }

  public mutating func retire(_ run: RunID) throws(EngineError) {
    try call { engine throws(EngineError) in
      if engine.runs[run]?.isActive == false { engine.retired.insert(run) }
    }
  }

  /// A call with everything that can go wrong on its way and on the way back.
  private mutating func call(_ act: (inout ModelEngine) throws(EngineError) -> Void) throws(EngineError) {
    if isOut { throw EngineError(.unavailable, "connection refused", .retryable) }
    if random.chance(faults.unavailable) { throw EngineError(.unavailable, "503", .retryable) }
    if random.chance(faults.refused) { throw EngineError(.refused, "quota exceeded", .terminal) }
    if random.chance(faults.lostCall) { throw EngineError(.unavailable, "timed out", .uncertain) }
    try act(&self)
    if random.chance(faults.lostAnswer) { throw EngineError(.unavailable, "timed out", .uncertain) }
  }

  /// How long a call takes.
  public mutating func duration() -> TimeSpan {
    TimeSpan(milliseconds: Int64(random.chance(faults.slow) ? random.int(1000...30_000) : random.int(0...50)))
  }

  // MARK: What it does

  /// Somebody else starts a run, behind pipectl's back.
  public mutating func startForeign(_ order: StartOrder) {
    runs[order.run] = newRun(order, isForeign: true)
  }

  /// Trusts its caller as far as pipectl's own runs are concerned: that there is only one is pipectl's promise.
  private mutating func begin(_ order: StartOrder) throws(EngineError) {
    let id = order.run
    if let foreign = active(of: id.pipeline).first(where: { $0.isForeign && $0.order.run != id }) {
      throw EngineError(.alreadyRunning(foreign.order.run), "\(foreign.order.run) is running", .terminal)
    }
    guard var known = runs[id] else {
      runs[id] = newRun(order, isForeign: false)
      return
    }
    guard order.attempt > known.attempt, !known.isActive else { return }
    known.attempt = order.attempt
    known.endedAt = nil
    known.status = .active(order.firstStage)
    known.future = random.life(of: order, from: now)
    retired.remove(id)
    runs[id] = known
  }

  private mutating func newRun(_ order: StartOrder, isForeign: Bool) -> ModelRun {
    var run = ModelRun(
      order: order, attempt: order.attempt, startedAt: now, status: .active(order.firstStage), isForeign: isForeign)
    run.future = random.life(of: order, from: now)
    run.advance(to: now)
    return run
  }

  private mutating func end(_ order: StopOrder) throws(EngineError) {
    guard var run = runs[order.run] else { throw EngineError(.runUnknown, "no such run", .terminal) }
    guard run.isActive else { return }
    switch (order.kind, run.status) {
    case (.complete, .active(.cdc)), (.cancel, _): break
    case (.complete, .active(.run)) where run.order.mode == .continuous && run.canCompleteCommand: break
    case (.complete, .stopping): return
    case (.complete, _): throw EngineError(.wrongStage, "it is not in its cdc stage", .terminal)
    }
    run.stopsAsked.append(order.kind)
    if case .stopping(let progress) = run.status, progress.kind == order.kind { return runs[order.run] = run }
    if case .unconfirmed = run.status { return runs[order.run] = run }
    run.future = random.stopped(order.kind, since: now).filter { $0.step != .confirm || !run.isCommand }
    run.advance(to: now)
    runs[order.run] = run
  }
}

extension StartOrder {
  fileprivate var firstStage: Stage { spec.work.commandJob == nil ? .extract : .run }
}

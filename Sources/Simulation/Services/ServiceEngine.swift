import EngineAPI
import PipelineModel
import SeededRandom

/// A model of an engine before a service of somebody else's: what such an adapter may know, keep and ask for.
///
/// A process may die between any two of its steps; what it has kept is there for the next.
public struct ServiceEngine: Sendable {
  let kind: ServiceKind
  var faults: FaultRates
  var mutation: Mutation?
  /// Nothing gets through until then.
  var outageUntil: Timestamp?
  var service: ModelService
  var receipts: [RunID: ServiceReceipt] = [:]
  /// Stops that ended another job than the one that was meant.
  var strayStops: [RunID] = []
  /// Jobs of others that were recorded whole.
  var retiredForeign: Set<RunID> = []
  var looks = LookBudget()
  var random: SplitMix64
  private var revision = 0

  init(kind: ServiceKind, faults: FaultRates, now: Timestamp, seed: UInt64) {
    self.kind = kind
    self.faults = faults
    random = SplitMix64(seed: seed)
    service = ModelService(kind: kind, now: now, seed: random.next())
    for name in Scenario.pipelineNames where kind.holdsDefinitions {
      let id = ServiceKind.unit(of: name)
      service.definitions[id] = HeldDefinition(
        id: id, schedule: .cadence(.every(TimeSpan(seconds: 21_600), anchor: nil)), isPaused: false)
    }
  }

  var now: Timestamp { service.now }
  var isOut: Bool { outageUntil.map { $0 > now } ?? false }

  mutating func advance(to instant: Timestamp) {
    service.advance(to: instant)
    for receipt in receipts.values.sorted(by: { $0.run < $1.run }) where fires(for: receipt).map({ $0 <= now }) ?? false
    {
      _ = service.begin(receipt.order.theirs(number: 10_000 + service.jobs.count), isForeign: true)
    }
  }

  /// When the schedule of a unit begins a job, which is what a start whose fate nobody knows is settled by.
  private func fires(for receipt: ServiceReceipt) -> Timestamp? {
    guard kind == .stitch, receipt.job == nil, receipt.isOpen, !hasBegunSince(receipt) else { return nil }
    return receipt.askedAt + TimeSpan(seconds: 3600)
  }

  /// Whether a job of the unit has begun since its start was asked for.
  private func hasBegunSince(_ receipt: ServiceReceipt) -> Bool {
    service.jobs.contains { $0.unit == receipt.run.pipeline && $0.run.startedAt >= receipt.askedAt }
  }

  /// When something changes by itself, or is to be looked at again because nobody tells of its changes.
  var nextChange: Timestamp? {
    let open = receipts.values.filter(\.isOpen)
    let unbound = open.filter { $0.job == nil }
    let windows =
      unbound.map { $0.askedAt + kind.window + TimeSpan(seconds: 1) } + unbound.compactMap { fires(for: $0) }
    let looks: [Timestamp] =
      switch kind {
      case .stitch: open.contains { $0.job != nil || hasBegunSince($0) } ? [now + TimeSpan(seconds: 30)] : []
      case .hevo: service.jobs.map(\.listedAt)
      case .migrator: []
      }
    return ((windows + looks).filter { $0 > now } + [service.nextChange].compactMap { $0 }).min()
  }

  // MARK: The truth

  /// By the names under which pipectl knows them, and by those that they would get.
  var runs: [RunID: ModelRun] {
    var runs = Dictionary(service.jobs.map { ($0.run.order.run, $0.run) }, uniquingKeysWith: { $1 })
    for receipt in receipts.values {
      if let job = receipt.job.flatMap({ service.job($0) }) { runs[receipt.run] = job.run }
    }
    return runs
  }

  /// Whether a later job of the unit hides how the run's own job ended.
  func isHidden(_ run: RunID) -> Bool {
    let own = service.jobs.first { $0.run.order.run == run }?.id
    guard kind == .stitch, let job = receipts[run]?.job ?? own else { return false }
    return service.jobs.contains { $0.unit == run.pipeline && $0.id > job && !$0.isInTheWay(at: now) }
  }

  // MARK: What it is asked

  mutating func start(_ order: StartOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    if isOut { throw .engine(WireTrouble.unreachable.error) }
    switch kind {
    case .stitch: try startUnlisted(order, survives)
    case .hevo, .migrator: try startListed(order, survives)
    }
  }

  mutating func stop(_ order: StopOrder, _ survives: () -> Bool) throws(ServiceTrouble) {
    if isOut { throw .engine(WireTrouble.unreachable.error) }
    switch kind {
    case .stitch: try stopUnlisted(order, survives)
    case .hevo, .migrator: try stopListed(order, survives)
    }
  }

  mutating func observe() -> EngineObservation {
    if isOut { return .unavailable("connection refused", at: now) }
    if random.chance(faults.unreadable) { return .unavailable("502", at: now) }
    switch kind {
    case .stitch: followUnlisted()
    case .hevo, .migrator: bindListed()
    }
    revision += 1
    let told = receipts.values.sorted { $0.run < $1.run }.compactMap { tell($0) }
    let others = kind == .stitch ? [] : foreignJobs.map(\.run.report)
    return .complete(
      Revision("\(kind) \(revision)"), at: now,
      runs: (told.compactMap(\.report) + others).sorted { $0.run < $1.run }, unreadable: told.compactMap(\.unreadable))
  }

  /// What it says of the definitions that it holds.
  var held: [HeldDefinition] {
    isOut || !kind.holdsDefinitions ? [] : service.definitions.values.sorted { $0.id < $1.id }
  }

  mutating func write(_ order: SettingsOrder) throws(ServiceTrouble) {
    let isAstray = mutation == .settingsWrittenElsewhere
    let sent = send { service in
      let id = isAstray ? service.definitions.keys.sorted().first { $0 != order.id } ?? order.id : order.id
      guard var definition = service.definitions[id] else { return }
      if let schedule = order.schedule { definition.schedule = .cadence(schedule.cadence) }
      if let isPaused = order.isPaused { definition.isPaused = isPaused }
      service.definitions[id] = definition
    }
    if case .failure(let trouble) = sent { throw .engine(trouble.error) }
  }

  mutating func retire(_ run: RunID) throws(EngineError) {
    if isOut { throw EngineError(.unavailable, "connection refused", .retryable) }
    if receipts[run]?.end != nil { receipts[run]?.isRetired = true }
    if receipts[run] == nil, runs[run]?.isActive == false { retiredForeign.insert(run) }
  }

  // MARK: How it asks

  /// A call with everything that can go wrong on its way and on the way back.
  mutating func send<Answer>(_ act: (inout ModelService) -> Answer) -> Result<Answer, WireTrouble> {
    if isOut || random.chance(faults.unavailable) { return .failure(.unreachable) }
    if random.chance(faults.refused) { return .failure(.refused) }
    if random.chance(faults.lostCall) { return .failure(.lost) }
    let answer = act(&service)
    return random.chance(faults.lostAnswer) ? .failure(.lost) : .success(answer)
  }

  /// Whether a list can be read now.
  mutating func canRead() -> Bool { !isOut && !random.chance(faults.unreadable) }

  func live(_ survives: () -> Bool) throws(ServiceTrouble) {
    if !survives() { throw .death }
  }
}

/// Why a call brought no answer.
enum WireTrouble: Error {
  case unreachable
  case refused
  case lost

  var error: EngineError {
    switch self {
    case .unreachable: EngineError(.unavailable, "503", .retryable)
    case .refused: EngineError(.refused, "quota exceeded", .terminal)
    case .lost: EngineError(.unavailable, "timed out", .uncertain)
    }
  }
}

/// Why an adapter did not come to its end.
enum ServiceTrouble: Error {
  case engine(EngineError)
  /// Its process died.
  case death
}

/// Some services allow 30 calls of their lists within ten minutes; six of them are kept for what comes before an effect.
struct LookBudget: Sendable {
  private var instants: [Timestamp] = []
  private var lookBegan: Timestamp?

  mutating func take(forSafety: Bool, at now: Timestamp) -> Bool {
    instants = instants.filter { now - $0 < TimeSpan(seconds: 600) }
    guard instants.count < (forSafety ? 30 : 24) else { return false }
    if !forSafety {
      if let lookBegan, now - lookBegan < TimeSpan(seconds: 25) { return false }
      lookBegan = now
    }
    instants.append(now)
    return true
  }
}

import EngineAPI
import PipelineModel
import SeededRandom

/// A model of an engine before a service of somebody else's: what such an adapter may know, keep and ask for.
///
/// A process may die between any two of its steps; what it has kept is there for the next.
public struct ServiceEngine: Sendable {
  let kind: ServiceKind
  var faults: FaultRates
  /// Nothing gets through until then.
  var outageUntil: Timestamp?
  var service: ModelService
  var receipts: [RunID: ServiceReceipt] = [:]
  /// Stops that ended another job than the one that was meant.
  var strayStops: [RunID] = []
  var looks = LookBudget()
  var random: SplitMix64
  private var revision = 0

  init(kind: ServiceKind, faults: FaultRates, now: Timestamp, seed: UInt64) {
    self.kind = kind
    self.faults = faults
    random = SplitMix64(seed: seed)
    service = ModelService(kind: kind, now: now, seed: random.next())
  }

  var now: Timestamp { service.now }
  var isOut: Bool { outageUntil.map { $0 > now } ?? false }

  // MARK: What it is asked

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
    let sent = send { service in
      guard var definition = service.definitions[order.id] else { return }
      if let schedule = order.schedule { definition.schedule = .cadence(schedule.cadence) }
      if let isPaused = order.isPaused { definition.isPaused = isPaused }
      service.definitions[order.id] = definition
    }
    if case .failure(let trouble) = sent { throw .engine(trouble.error) }
  }

  mutating func retire(_ run: RunID) throws(EngineError) {
    if isOut { throw EngineError(.unavailable, "connection refused", .retryable) }
    if receipts[run]?.end != nil { receipts[run]?.isRetired = true }
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

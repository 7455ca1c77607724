import PipelineModel
import StoreAPI

/// What a store in memory keeps of one pipeline; shared with nobody.
final class MemoryShelf {
  var record: PipelineRecord?
  /// By number.
  private(set) var runs: [Int: RunRecord] = [:]
  /// The numbers of those that are active.
  private(set) var active: Set<Int> = []
  private(set) var latest: Int?
  /// In the order of their first recording, as the two below.
  private(set) var requests: [RequestRecord] = []
  private(set) var intents: [Intent] = []
  private(set) var states: [StateVersion] = []
  private var origins: Set<StateVersion.Origin> = []
  private var knownIntents: Set<OperationID> = []
  private var openIntents: Set<OperationID> = []
  private(set) var slots: [Timestamp: SlotRecord] = [:]
  var catalog: CatalogRecord?
  var schedule: ScheduleProgress?

  /// Active runs, and the latest; sorted.
  var presentRuns: [RunRecord] {
    var numbers = active.sorted()
    if let latest, numbers.last != latest { numbers.append(latest) }
    return numbers.compactMap { runs[$0] }
  }

  /// The numbers of the active runs that pipectl started.
  var ownRuns: Set<Int> { active.filter { runs[$0]?.isOwnAndActive ?? false } }

  var unsettledIntents: [Intent] {
    openIntents.isEmpty ? [] : intents.filter { openIntents.contains($0.id) }
  }

  func request(_ key: RequestKey) -> RequestRecord? {
    requests.first { $0.key == key }
  }

  // MARK: Writing

  func put(_ run: RunRecord) {
    let number = run.id.number
    runs[number] = run
    latest = max(number, latest ?? number)
    if run.isActive { active.insert(number) } else { active.remove(number) }
  }

  /// - Returns: what was dropped.
  func drop(_ number: Int) -> RunRecord? {
    active.remove(number)
    defer { latest = runs.keys.max() }
    return runs.removeValue(forKey: number)
  }

  func put(_ request: RequestRecord) {
    if let position = requests.firstIndex(where: { $0.key == request.key }) {
      requests[position] = request
    } else {
      requests.append(request)
    }
  }

  func put(_ intent: Intent) {
    if knownIntents.insert(intent.id).inserted {
      intents.append(intent)
    } else if let position = intents.lastIndex(where: { $0.id == intent.id }) {
      intents[position] = intent
    }
    if intent.state.isOpen { openIntents.insert(intent.id) } else { openIntents.remove(intent.id) }
  }

  /// A state that a run confirmed is kept once.
  func append(_ version: StateVersion) {
    if origins.insert(version.origin).inserted { states.append(version) }
  }

  /// The first outcome counts.
  func put(_ slot: SlotRecord) {
    if slots[slot.instant] == nil { slots[slot.instant] = slot }
  }

  // MARK: The past

  func past(of name: PipelineName, window: Int) -> PipelinePast {
    let numbers = runs.keys.sorted()
    let lastGood = numbers.last { runs[$0]?.report.status.outcome?.isGood ?? false }
    return PipelinePast(
      pipeline: name, runCount: runs.count, oldestRuns: numbers.prefix(window).compactMap { runs[$0] },
      lastGoodRun: lastGood.flatMap { runs[$0]?.id }, runsInQuestion: Set(requests.compactMap(\.state.openRun)),
      intentCount: intents.count, oldestIntents: Array(intents.prefix(2 * window)),
      stateCount: states.count, slotCount: slots.count,
      oldestSlots: slots.keys.sorted().prefix(2 * window).compactMap { slots[$0] })
  }

  func drop(_ past: PastToDrop) {
    for run in past.runs.map(\.id) where run.number != latest && !active.contains(run.number) {
      runs[run.number] = nil
    }
    let unwanted = Set(past.intents).subtracting(openIntents)
    knownIntents.subtract(unwanted)
    if !unwanted.isEmpty { intents.removeAll { unwanted.contains($0.id) } }
    let old = states.prefix(min(past.states, max(0, states.count - 1)))
    origins.subtract(old.map(\.origin))
    states.removeFirst(old.count)
    for slot in past.slots { slots[slot] = nil }
  }
}

extension RunRecord {
  var isOwnAndActive: Bool { isActive && order.trigger != .external }
}

internal import PipelineModel
internal import Scheduling

/// Everything that is known of one pipeline when it is decided about.
///
/// There are thousands, and of most there is little to say: it is shared, and what it knows is copied out of the lists only where it is asked for.
final class Situation {
  let name: PipelineName
  private let common: CommonFacts
  private let desiredPlace: Int?
  private let recordPlace: Int?
  private let runs: [RunRecord]
  private let intents: [Intent]
  /// Oldest first.
  let requests: [RequestRecord]
  /// How far its slots are decided; absent before the first one.
  let progress: ScheduleProgress?

  /// The places are those in the lists of what is known of all.
  init(
    name: PipelineName, in common: CommonFacts, desiredPlace: Int?, recordPlace: Int?, runs: [RunRecord],
    intents: [Intent], requests: [RequestRecord], progress: ScheduleProgress?
  ) {
    self.name = name
    self.common = common
    self.desiredPlace = desiredPlace
    self.recordPlace = recordPlace
    self.runs = runs
    self.intents = intents
    self.requests = requests
    self.progress = progress
  }

  var engines: [EngineName: EngineAvailability] { common.engines }
  /// The definitions that engines hold, by engine and id.
  var held: [EngineName: [String: HeldDefinition]] { common.held }
  var adopts: Bool { common.adopts }
  /// Whether nobody can be asked.
  var isUnattended: Bool { common.isUnattended }
  var zones: ZoneTable { common.zones }
  var now: Timestamp { common.now }

  var desired: DesiredPipeline? { desiredPlace.map { common.desired[$0] } }
  var isDesired: Bool { desiredPlace != nil }

  var record: PipelineRecord? { recordPlace.map { common.records[$0] } }
  /// Zero where it is not recorded.
  var generation: Int { recordPlace.map { common.records[$0].generation } ?? 0 }
  /// Whether it is recorded, and not let go.
  var isManaged: Bool { recordPlace.map { !common.records[$0].isForgotten } ?? false }

  /// Whether it is recorded, let go, and wanted by no manifest.
  var isLetGo: Bool { !isDesired && recordPlace.map { common.records[$0].isForgotten } ?? false }

  /// Whether a stop was asked for that has no result yet.
  var hasOpenStop: Bool { requests.contains(where: \.isOpenStop) }

  /// Whether the manifest wants just what is recorded, as it is for most of thousands: nothing is copied to find that out.
  var isAsRecorded: Bool {
    guard let desiredPlace, let recordPlace else { return false }
    return common.records[recordPlace].lifecycle == .managed
      && common.desired[desiredPlace] == common.records[recordPlace].applied
  }

  /// The main one, where an engine has begun others beside it by itself.
  var activeRun: RunRecord? { runs.isEmpty ? nil : activeRuns.max { ($0.weight, $0.id) < ($1.weight, $1.id) } }
  /// Sorted.
  var activeRuns: [RunRecord] { runs.isEmpty ? [] : runs.filter(\.isActive).sorted { $0.id < $1.id } }
  /// The one with the highest number, whether it is over or not.
  var latestRun: RunRecord? { runs.max { $0.id < $1.id } }
  /// The slots that the runs at hand were started for, sorted.
  var slotsOfRuns: [Timestamp] {
    runs.compactMap { run -> Timestamp? in
      if case .slot(let instant) = run.order.trigger { instant } else { nil }
    }.sorted()
  }
  var openIntent: Intent? { intents.min { $0.id < $1.id } }

  /// Why an engine cannot be relied upon for this pipeline at this moment; an engine that was not asked counts as unavailable (law 7).
  func unavailability(of engine: EngineName) -> String? {
    guard let known = engines[engine] else { return "it was not asked" }
    return known.silence(on: name) ?? unreadObject(at: engine)
  }

  /// Why its engine tells nothing of the object that it stands for; nil where it does.
  private func unreadObject(at engine: EngineName) -> String? {
    guard let record, record.applied.spec.engine.name == engine else { return nil }
    return held(record)?.unread
  }

  /// What its engine says of the object that it stands for; nil where it stands for none, and where nothing is said.
  func held(_ record: PipelineRecord) -> HeldDefinition? {
    guard case .remote(let id) = record.applied.spec.work else { return nil }
    return held[record.applied.spec.engine.name]?[id]
  }

  func request(_ id: RequestID) -> RequestRecord? {
    requests.first { $0.key.request == id }
  }

  /// Since when it waits for a run of its own, where it does: whoever has waited longest is served first.
  var waitsSince: Timestamp? {
    let pending = requests.first { request in
      if case .pending = request.state { true } else { false }
    }
    return [pending?.recordedAt, progress?.waiting.first].compactMap { $0 }.min()
  }

  /// The next instant at which the schedule wants a run; none while paused without an end.
  func nextSlot(of record: PipelineRecord?) -> Timestamp? {
    guard let record, !record.isForgotten, !record.applied.spec.work.isRemote,
      case .slots(let schedule) = record.applied.spec.schedule,
      let zone = zones[schedule.timeZone]
    else { return nil }
    var from = max(now, progress?.settledUntil ?? now)
    if let pause = record.pause(at: now) {
      guard let until = pause.until else { return nil }
      from = max(from, Timestamp(milliseconds: until.milliseconds - 1))
    }
    return Scheduling.nextSlot(after: from, of: schedule, in: zone)?.instant
  }
}

extension RequestRecord {
  /// Whether it asks for a stop, and has no result yet.
  var isOpenStop: Bool { state.result == nil && job.action.stopKind != nil }
}

extension RunRecord {
  /// A run of our own comes first, one that only looks at the schema last.
  fileprivate var weight: Int {
    if order.trigger != .external { return 2 }
    return isSchemaRefresh ? 0 : 1
  }
}

import PipelineModel

/// What the metrics tell of pipelines and runs: begun from the store, and kept up by every commit.
struct RunBook: Sendable {
  /// What is known of one pipeline.
  struct Pipeline: Hashable, Sendable {
    var engine: EngineName
    var generation: Int
    var lifecycle: PipelineRecord.Lifecycle
    var declaredPause: PauseSetting
    var override: PauseOverride?
    /// What somebody changed of the object that its engine holds; absent where none was seen.
    var drift: Set<HeldField>?
    /// The number of the latest run whose end was counted, or was on record when the controller started.
    var lastEnded = 0
    var lastSuccess: Timestamp?
    /// Whether the latest run that ended did so well; absent before the first.
    var isHealthy: Bool?
    var ends: [End: Int] = [:]
    /// Absent until a run has ended of which it is known.
    var records: Int64?
    var bytes: Int64?
  }

  /// How runs ended, and what had caused them.
  struct End: Hashable, Comparable, Sendable {
    var result: String
    var trigger: String

    static func < (left: End, right: End) -> Bool { (left.result, left.trigger) < (right.result, right.trigger) }
  }

  /// A run that is under way.
  struct Active: Hashable, Sendable {
    var engine: EngineName
    var status: RunStatus
  }

  private(set) var pipelines: [PipelineName: Pipeline] = [:]
  private(set) var active: [RunID: Active] = [:]
  private(set) var durations: [String: Histogram] = [:]
  /// By how the run ended that was cancelled.
  private(set) var cancels: [String: Int] = [:]
  private(set) var cancelDurations = Histogram.minutes
  private(set) var slotLag = Histogram.lags
  /// Runs that failed because a secret could not be had.
  private(set) var secretFailures = 0
  /// What logs of runs that ended left out.
  private(set) var logBytesLeftOut: Int64 = 0

  mutating func begin(_ stored: StoredState, lastSuccess: [PipelineName: Timestamp]) {
    for record in stored.pipelines { put(record) }
    for run in stored.runs {
      guard !run.isActive else {
        active[run.id] = Active(engine: run.observedFrom, status: run.report.status)
        continue
      }
      let name = run.id.pipeline
      let counted = pipelines[name]?.lastEnded ?? 0
      guard run.id.number > counted else { continue }
      pipelines[name]?.lastEnded = run.id.number
      pipelines[name]?.isHealthy = run.report.status.outcome?.isGood
    }
    for (name, instant) in lastSuccess { pipelines[name]?.lastSuccess = instant }
  }

  mutating func put(_ record: PipelineRecord) {
    var known =
      pipelines[record.name]
      ?? Pipeline(
        engine: record.applied.spec.engine.name, generation: 0, lifecycle: .managed, declaredPause: .unmanaged)
    known.engine = record.applied.spec.engine.name
    known.generation = record.generation
    known.lifecycle = record.lifecycle
    known.declaredPause = record.applied.spec.paused == .unmanaged ? record.standingPause : record.applied.spec.paused
    known.override = record.override
    known.drift = record.held.map { Set($0.drift.map(\.field)) }
    pipelines[record.name] = known
  }

  /// Takes a run in as it was committed; true where its end is counted now.
  mutating func put(_ run: RunRecord) -> Bool {
    guard !run.isActive else {
      active[run.id] = Active(engine: run.observedFrom, status: run.report.status)
      return false
    }
    let wasActive = active.removeValue(forKey: run.id) != nil
    let name = run.id.pipeline
    guard var pipeline = pipelines[name], wasActive || run.id.number > pipeline.lastEnded,
      let outcome = run.report.status.outcome
    else { return false }
    if run.id.number >= pipeline.lastEnded { pipeline.isHealthy = outcome.isGood }
    pipeline.lastEnded = max(pipeline.lastEnded, run.id.number)
    pipeline.ends[End(result: outcome.word, trigger: run.order.trigger.word), default: 0] += 1
    if outcome.isGood { pipeline.lastSuccess = run.report.endedAt ?? run.observedAt }
    if let records = run.records { pipeline.records = (pipeline.records ?? 0) + records }
    if let bytes = run.bytes { pipeline.bytes = (pipeline.bytes ?? 0) + bytes }
    pipelines[name] = pipeline
    if case .failed(let failure) = outcome, failure.code == .secretUnresolved { secretFailures += 1 }
    logBytesLeftOut += run.report.logBytesLeftOut ?? 0
    noteTimes(of: run, outcome)
    return true
  }

  /// Takes out a run that never was; true where it was taken for one that is under way.
  mutating func drop(_ run: RunID) -> Bool { active.removeValue(forKey: run) != nil }

  private mutating func noteTimes(of run: RunRecord, _ outcome: RunOutcome) {
    guard let end = run.report.endedAt else { return }
    if let start = run.report.startedAt {
      durations[outcome.word, default: .minutes].note(seconds(from: start, to: end))
      if case .slot(let slot) = run.order.trigger { slotLag.note(seconds(from: slot, to: start)) }
    }
    if let cancelled = run.cancelledAt {
      cancels[outcome.word, default: 0] += 1
      cancelDurations.note(seconds(from: cancelled, to: end))
    }
  }

  private func seconds(from start: Timestamp, to end: Timestamp) -> Double {
    Double(max(0, end.milliseconds - start.milliseconds)) / 1000
  }
}

extension RunBook.Pipeline {
  func isPaused(at now: Timestamp) -> Bool {
    if let override, override.until.map({ $0 > now }) ?? true { return override.isPaused }
    switch declaredPause {
    case .unmanaged, .active: return false
    case .paused(let details): return details.until.map { $0 > now } ?? true
    }
  }

  /// What is said of a pause whose end has passed; absent where there is none.
  func overduePause(at now: Timestamp) -> String? {
    if let override, let until = override.until {
      let kind = override.isPaused ? "pause" : "resume"
      return until > now
        ? nil
        : "the \(kind) by \(override.by) was to end at \(until): it has, and is still written down; `--remove` clears it away"
    }
    guard override == nil, case .paused(let details) = declaredPause, let until = details.until, until <= now else {
      return nil
    }
    return "the pause of its manifest was to end at \(until): it pauses nothing any more, and is still written down"
  }

  /// In the words that Argo CD has for it.
  var healthWord: String {
    switch isHealthy {
    case true?: "Healthy"
    case false?: "Degraded"
    case nil: "Unknown"
    }
  }

  var lifecycleWord: String {
    switch lifecycle {
    case .managed: "managed"
    case .orphaned: "orphaned"
    case .forgotten: "forgotten"
    }
  }

  var isForgotten: Bool {
    if case .forgotten = lifecycle { true } else { false }
  }
}

extension RunTrigger {
  var word: String {
    switch self {
    case .request: "request"
    case .slot: "slot"
    case .external: "external"
    }
  }
}

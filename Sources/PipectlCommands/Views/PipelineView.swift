import PipelineModel

/// A pipeline as it is recorded, and how it stands: without `status` it is a manifest.
struct PipelineView: Encodable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Pipeline"
  var metadata: Metadata
  var spec: SpecView
  var status: Status

  struct Metadata: Encodable {
    var name: String
    var labels: [String: String]
    var protected: Bool
  }

  struct Status: Encodable {
    var generation: Int
    /// The folder, file or repository that owns it.
    var sourceSet: String
    var createdAt: String
    var appliedAt: String
    /// What `spec.engine` resolved to.
    var engine: EngineView
    /// The names of the manifests that `spec.source` and `spec.destination` were written in; absent for what was written in place.
    var source: String?
    var destination: String?
    /// In a word: a stage of the active run, `idle`, `paused`, `pending`, `orphaned`, `forgotten`.
    var phase: String
    var activeRun: String?
    var lastRun: LastRun?
    var conditions: [ConditionView]
    var nextSlot: String?
    /// On the clock of the schedule's zone; absent where that is UTC.
    var nextSlotLocal: String?
    var pause: PauseView?
    /// A pause or resume by command, also an expired one; `spec.paused` is what the manifest says beside it.
    var override: OverrideView?
    /// Absent without a schedule.
    var schedule: ScheduleStatus?
    /// What can be counted on at its engine; only where the pipeline is described, and absent for the embedded one.
    var promises: [PromiseView]?
    /// Only where a single pipeline is described; newest first.
    var requests: [RequestView]?
    var recentRuns: [RunView]?
  }

  struct EngineView: Encodable {
    var name: String
    var type: String
    var maxConcurrentRuns: Int
  }

  /// The latest run that is over.
  struct LastRun: Encodable {
    var id: String
    var outcome: String
    /// A failure's code and message.
    var reason: String?
    var endedAt: String?
  }

  struct OverrideView: Encodable {
    var paused: Bool
    var reason: String?
    var by: String
    var since: String
    var until: String?
    /// False where it has expired.
    var inForce: Bool
    /// For a person: what holds, beside what the manifest says.
    var message: String
  }

  struct PauseView: Encodable {
    var reason: String?
    var by: String?
    var until: String?
    /// `manifest`, `command`, or `engine` where its engine has it paused and nobody declares that.
    var origin: String
  }
}

extension PipelineView {
  init(_ facts: PipelineFacts, showsWork: Bool = true) {
    let record = facts.record
    self.init(
      metadata: Metadata(
        name: record.name.text,
        labels: Dictionary(record.applied.labels.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
        protected: record.applied.isProtected),
      spec: SpecView(record.applied.spec, showsWork: showsWork), status: Status(facts))
  }

  var ready: ConditionView.Status { status.conditions.first { $0.type == "Ready" }?.status ?? .unknown }
}

extension PipelineView.Status {
  init(_ facts: PipelineFacts) {
    let (record, spec) = (facts.record, facts.record.applied.spec)
    self.init(
      generation: record.generation, sourceSet: record.applied.sourceSet.description,
      createdAt: record.createdAt.description, appliedAt: record.appliedAt.description,
      engine: PipelineView.EngineView(
        name: spec.engine.name.text, type: spec.engine.type, maxConcurrentRuns: spec.engine.maxConcurrentRuns),
      phase: facts.phase, activeRun: facts.activeRun?.id.description,
      lastRun: facts.lastEnded.flatMap(PipelineView.LastRun.init), conditions: facts.conditions,
      nextSlot: facts.nextSlot?.at,
      nextSlotLocal: facts.nextSlot?.local.map { "\($0) \(facts.nextSlot?.timeZone ?? "")" }, pause: facts.pauseView)
    (override, schedule) = (facts.overrideView, facts.scheduleStatus)
    switch spec.work {
    case .remote, .command, .migration: break
    case .replication(let replication):
      (source, destination) = (replication.source.name, replication.destination.name)
    }
  }
}

extension PipelineView.LastRun {
  init?(_ run: RunRecord) {
    guard let outcome = run.report.status.outcome else { return nil }
    self.init(id: run.id.description, outcome: outcome.word, endedAt: run.report.endedAt?.description)
    if case .failed(let failure) = outcome { reason = "\(failure.code.rawValue): \(failure.message)" }
  }
}

extension PipelineFacts {
  fileprivate var overrideView: PipelineView.OverrideView? {
    guard let known = record.override else { return nil }
    return PipelineView.OverrideView(
      paused: known.isPaused, reason: known.reason, by: known.by, since: known.since.description,
      until: known.until?.description, inForce: override != nil,
      message: (override == nil ? "expired: " : "") + known.sentence + "; \(declaredPause)")
  }

  fileprivate var pauseView: PipelineView.PauseView? {
    guard let pause else {
      let isPausedThere = record.declaresPause(at: now) == nil && record.held?.definition.isPaused == true
      return isPausedThere ? PipelineView.PauseView(origin: "engine") : nil
    }
    let isOverride = override != nil
    return PipelineView.PauseView(
      reason: pause.reason, by: pause.by, until: pause.until?.description, origin: isOverride ? "command" : "manifest")
  }
}

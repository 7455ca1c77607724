import PipelineModel

/// A pipeline as it is recorded, and how it stands.
struct PipelineView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Pipeline"
  var metadata: Metadata
  var spec: SpecView
  var status: Status

  struct Metadata: Codable {
    var name: String
    var labels: [String: String]
    var protected: Bool
    /// The source set that owns it.
    var source: String
    var createdAt: String
    var appliedAt: String
  }

  struct Status: Codable {
    var generation: Int
    /// In a word: a stage of the active run, `idle`, `paused`, `pending`, `orphaned`, `forgotten`.
    var phase: String
    var activeRun: String?
    var lastRun: LastRun?
    var conditions: [ConditionView]
    var nextSlot: String?
    /// On the clock of the schedule's zone; absent where that is UTC.
    var nextSlotLocal: String?
    var pause: PauseView?
    /// Only where a single pipeline is described; newest first.
    var requests: [RequestView]?
    var recentRuns: [RunView]?
  }

  /// The latest run that is over.
  struct LastRun: Codable {
    var id: String
    var outcome: String
    /// A failure's code and message.
    var reason: String?
    var endedAt: String?
  }

  struct PauseView: Codable {
    var reason: String?
    var by: String?
    var until: String?
    /// `manifest` or `command`.
    var origin: String
  }
}

extension PipelineView {
  init(_ facts: PipelineFacts, showsSettings: Bool = true) {
    let record = facts.record
    self.init(
      metadata: Metadata(
        name: record.name.text,
        labels: Dictionary(record.applied.labels.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
        protected: record.applied.isProtected, source: record.applied.sourceSet.description,
        createdAt: record.createdAt.description, appliedAt: record.appliedAt.description),
      spec: SpecView(record.applied, showsSettings: showsSettings),
      status: Status(
        generation: record.generation, phase: facts.phase, activeRun: facts.activeRun?.id.description,
        lastRun: facts.lastEnded.flatMap(LastRun.init), conditions: facts.conditions, nextSlot: facts.nextSlot?.at,
        nextSlotLocal: facts.nextSlot?.local.map { "\($0) \(facts.nextSlot?.timeZone ?? "")" },
        pause: facts.pauseView))
  }

  var ready: ConditionView.Status { status.conditions.first { $0.type == "Ready" }?.status ?? .unknown }
}

extension PipelineView.LastRun {
  init?(_ run: RunRecord) {
    guard let outcome = run.report.status.outcome else { return nil }
    self.init(id: run.id.description, outcome: outcome.word, endedAt: run.report.endedAt?.description)
    if case .failed(let failure) = outcome { reason = "\(failure.code.rawValue): \(failure.message)" }
  }
}

extension PipelineFacts {
  fileprivate var pauseView: PipelineView.PauseView? {
    guard let pause else { return nil }
    let isOverride = record.override.map { record.isInForce($0, at: now) } ?? false
    return PipelineView.PauseView(
      reason: pause.reason, by: pause.by, until: pause.until?.description, origin: isOverride ? "command" : "manifest")
  }
}

internal import EngineHTTP
internal import PipelineModel

/// A job of a pipeline of Hevo.
struct HevoJob: Decodable, Hashable, Sendable {
  var id: String
  var kind: OpenEnum<Kind>
  var status: OpenEnum<Status>
  var createdAt: Timestamp
  /// The creation where Hevo does not tell it.
  var updatedAt: Timestamp
  var eventsLoaded: Int64

  enum Kind: String, Hashable, Sendable {
    case incremental = "INCREMENTAL"
    case historical = "HISTORICAL"
    /// Looks at the schema alone.
    case refresher = "REFRESHER"
    case resync = "RESYNC"
    case resyncWithEvolve = "RESYNC_WITH_EVOLVE"
    case resyncWithDropAndLoad = "RESYNC_WITH_DROP_AND_LOAD"
    case truncateAndLoad = "TRUNCATE_AND_LOAD"
  }

  enum Status: String, Hashable, Sendable {
    case queued = "QUEUED"
    case pending = "PENDING"
    case inProgress = "IN_PROGRESS"
    case cancelling = "CANCELLING"
    case completed = "COMPLETED"
    case completedWithFailures = "COMPLETED_WITH_FAILURES"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
    case skipped = "SKIPPED"
    case deferred = "DEFERRED"
    case deferredWithFailures = "DEFERRED_WITH_FAILURES"
  }

  private enum CodingKeys: String, CodingKey {
    case id = "job_id"
    case kind = "type"
    case status
    case createdAt = "created_ts"
    case updatedAt = "updated_ts"
    case eventsLoaded = "events_loaded"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.demandedText(.id)
    kind = OpenEnum(fields.text(.kind) ?? "")
    status = OpenEnum(try fields.demandedText(.status))
    createdAt = Timestamp(milliseconds: try fields.demandedNumber(.createdAt))
    updatedAt = fields.number(.updatedAt).map { Timestamp(milliseconds: $0) } ?? createdAt
    eventsLoaded = fields.number(.eventsLoaded) ?? 0
  }

  /// Whether it reads everything again.
  var readsHistory: Bool {
    switch kind {
    case .known(.historical), .known(.resync), .known(.resyncWithEvolve), .known(.resyncWithDropAndLoad),
      .known(.truncateAndLoad):
      true
    case .known(.incremental), .known(.refresher), .unknown: false
    }
  }

  var isRefresher: Bool { kind == .known(.refresher) }
  var wasSkipped: Bool { status == .known(.skipped) }

  /// Whether something of it goes on in Hevo at this moment.
  var isActive: Bool {
    switch status {
    case .known(.inProgress), .known(.cancelling): true
    case .known, .unknown: false
    }
  }
}

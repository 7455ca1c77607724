internal import EngineHTTP
internal import PipelineModel

/// What is known of a run: of one that was asked for here, and of one that somebody else began.
///
/// All instants are by the service's clock.
struct HevoReceipt: Receipt {
  var order: StartOrder
  /// Hevo's id of its pipeline.
  var pipeline: String
  /// Absent where somebody else began it.
  var ask: Ask?
  /// As it was last seen.
  var job: Job?
  var stop: Stop?
  var end: End?
  var isRetired = false

  /// A start; it tells no job.
  struct Ask: Codable, Hashable, Sendable {
    /// When the latest call for it went out.
    var at: Timestamp
    /// How many such calls may have been taken.
    var times = 1
    var manner: HevoStart
    var answer = Answer.unknown
    /// What was listed right before the first of them.
    var before: HevoMark
  }

  enum Answer: String, Codable, Hashable, Sendable {
    case accepted
    /// It was lost, or an error that says nothing of what was done.
    case unknown
    /// Hevo says that a job is in progress, which may be that of an earlier call.
    case conflict
    /// Hevo says so of the only call: the job is somebody else's, and nothing was taken.
    case refuted
  }

  /// A job, as the list shows it.
  struct Job: Codable, Hashable, Sendable {
    var id: String
    var kind: String
    var state: HevoStanding
    var createdAt: Timestamp
    var updatedAt: Timestamp
    var isLoading: Bool
  }

  /// A cancel; it names the job.
  struct Stop: Codable, Hashable, Sendable {
    var askedAt: Timestamp
    var isDelivered: Bool
  }

  struct End: Codable, Hashable, Sendable {
    var outcome: RunOutcome
    var at: Timestamp
    var conditions: [RunCondition]
    var streams: [StreamReport] = []
  }

  var isOpen: Bool { end == nil }
  /// Whether its job has yet to be found.
  var seeksJob: Bool { isOpen && job == nil }
}

/// How a start is asked for.
enum HevoStart: Codable, Hashable, Sendable {
  case syncNow
  case resync(HevoResyncMode)

  /// What the job may be that it begins.
  var kinds: Set<HevoJob.Kind> {
    switch self {
    case .syncNow: [.incremental, .historical]
    case .resync(.evolveAndMerge): [.resync, .resyncWithEvolve, .historical]
    case .resync(.dropAndLoad): [.resync, .resyncWithDropAndLoad, .truncateAndLoad, .historical]
    }
  }
}

internal import EngineHTTP
internal import PipelineModel

/// What is kept of a run that was asked for: which job it is, and what was asked of that.
///
/// All instants are by the instance's clock.
struct MigratorReceipt: Receipt {
  var order: StartOrder
  /// When the call that makes its job went out.
  var askedAt: Timestamp
  /// The jobs that were listed before.
  var earlier: [String]
  var job: Job?
  var stop: Stop?
  var snapshotAt: Timestamp?
  var changeCaptureAt: Timestamp?
  /// When the migration was first seen to be over while nothing was told of its verification.
  var unverifiedAt: Timestamp?
  var end: End?
  var isRetired = false

  struct Job: Codable, Hashable, Sendable {
    var id: String
    var evidence: Evidence
  }

  enum Evidence: String, Codable, Hashable, Sendable {
    /// The instance answered with it.
    case told
    /// The answer was lost; the list shows a job that is new and like the one that was asked for.
    case inferred
  }

  /// A stop that was taken, by whoever asked for it.
  struct Stop: Codable, Hashable, Sendable {
    /// What is done, where that shows; otherwise what was meant.
    var kind: StopKind
    var askedAt: Timestamp
  }

  struct End: Codable, Hashable, Sendable {
    var outcome: RunOutcome
    var at: Timestamp
    var conditions: [RunCondition]
  }

  init(order: StartOrder, askedAt: Timestamp, earlier: [String]) {
    self.order = order
    self.askedAt = askedAt
    self.earlier = earlier
  }

  var isOpen: Bool { end == nil }

  /// Whether a start whose answer was lost may still turn out to have been taken.
  var isAwaitingJob: Bool { isOpen && job == nil }

  /// The job that the start made, among those that the instance lists.
  ///
  /// - Parameter others: jobs that are known to be other runs'.
  func ownJob(in jobs: [MigratorJob], besides others: Set<String>) -> MigratorJob? {
    let isListWhole = earlier.count < MigratorService.listed
    let own = jobs.filter { job in
      !earlier.contains(job.id) && !others.contains(job.id) && isLike(job)
        && (isListWhole || job.submittedAt.map { $0 >= askedAt - Self.tolerance } ?? true)
    }
    return own.min { ($0.submittedAt ?? askedAt, $0.id) < ($1.submittedAt ?? askedAt, $1.id) }
  }

  /// What is not told speaks against nothing.
  private func isLike(_ job: MigratorJob) -> Bool {
    let mode = order.mode == .continuous ? "CDC" : "SNAPSHOT"
    return job.projectID.map { $0 == order.spec.work.migration?.project } ?? true && job.mode.map { $0 == mode } ?? true
      && job.dropsCollections.map { $0 == order.dropDestinationFirst } ?? true
  }

  /// The instance's clock is known to the second.
  private static let tolerance = TimeSpan(seconds: 2)

  var wordsForUnknown: String {
    "whether Relational Migrator took the start of \(askedAt) is not known: its answer was lost. It is settled when the list of jobs shows a "
      + "new one like it; where none shows in time it was not taken. Until then nothing is started"
  }
}

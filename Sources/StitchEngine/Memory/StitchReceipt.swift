internal import EngineHTTP
internal import PipelineModel

/// What is known of a run that was asked for. No call shows a job that runs, so this is what "running" is believed from.
///
/// All instants are by the service's clock.
struct StitchReceipt: Receipt {
  var order: StartOrder
  var source: Int
  var client: Int
  /// The name in the list of loads.
  var sourceName: String
  /// When the first call that asks for it went out.
  var askedAt: Timestamp
  /// How many such calls may have been taken.
  var asks = 1
  /// A stop came before it was known whether the start was taken: that is not asked for again. Absent in older documents.
  var isUnwanted: Bool?
  /// It was stopped, and never seen: whatever ran at that moment is meant. Absent in older documents.
  var isUnseen: Bool?
  /// Of an unseen one, the job that was listed last right before; absent where none was.
  var previousJob: String?
  var job: Job?
  var stop: Stop?
  var extraction: StitchExtraction?
  /// Whether a later job hides how this one's extraction ended: that it has is all that is known. Absent in older documents.
  var isOvertaken: Bool?
  /// What was seen of the loads of what it has extracted. Absent in older documents.
  var loads: StitchLoadSearch?
  var end: End?
  var isRetired = false

  /// The job that the service started.
  struct Job: Codable, Hashable, Sendable {
    /// Absent where only that one runs is known.
    var name: String?
    var evidence: Evidence
    var since: Timestamp
  }

  enum Evidence: String, Codable, Hashable, Sendable {
    /// The service answered with its name.
    case told
    /// Its answer was lost; what was seen afterwards says that it was taken.
    case inferred
  }

  /// A stop; it names the source alone, so it is sent right after a look, and not again without another.
  struct Stop: Codable, Hashable, Sendable {
    /// When it was sent last.
    var askedAt: Timestamp
    /// Whether Stitch has answered that it took it.
    var isDelivered: Bool
  }

  struct End: Codable, Hashable, Sendable {
    var outcome: RunOutcome
    var at: Timestamp
    var conditions: [RunCondition]
  }

  var isOpen: Bool { end == nil }
  /// Whether it is of a job that somebody else started.
  var isForeign: Bool { order.trigger == .external }

  /// What an extraction in the list is to this run.
  enum Relation: Hashable, Sendable { case earlier, own, later }

  func relation(to other: StitchExtraction) -> Relation {
    switch job {
    case let job? where job.name != nil:
      if other.jobName == job.name { return .own }
      return other.startedAt > askedAt ? .later : .earlier
    case .some where isUnseen == true: return relationOfUnseen(to: other)
    case .some(let job):
      // One job of a source at a time: the next to end after it was seen running is the one that was seen, unless that began long after.
      if other.startedAt > job.since + Self.untilBegun { return .later }
      return other.completedAt >= job.since - Self.tolerance ? .own : .earlier
    case nil:
      return other.startedAt >= askedAt - Self.tolerance ? .own : .earlier
    }
  }

  /// The job that went on when its end was asked for, up to the stop.
  private func relationOfUnseen(to other: StitchExtraction) -> Relation {
    guard other.jobName != previousJob, other.completedAt >= askedAt - Self.tolerance else { return .earlier }
    return other.startedAt > (stop?.askedAt ?? askedAt) + Self.tolerance ? .later : .own
  }

  /// A job that was accepted may take so long to begin.
  private static let untilBegun = TimeSpan(seconds: 1800)
  /// The service's clock is known to the second.
  private static let tolerance = TimeSpan(seconds: 2)
}

public import PipelineModel
public import StoreAPI

/// What a controller that stays asks of the world.
public enum ServeEffect: Hashable, Sendable {
  /// Answered with `looked`.
  case pursue(LoopGoal)
  /// Answered with `noted`.
  case record([StateChange])
  /// Answered with `tidied`: some of what is kept no longer goes.
  case tidy
  /// Answered with `woke`: at the instant, when one of the runs changes, or when there is a nudge.
  case wait(runs: [RunID], until: Timestamp?)
  case report(ServeReport)
  /// The last effect.
  case finish
}

/// How a controller that stays is getting on; nothing depends on it.
public enum ServeReport: Hashable, Sendable {
  /// What happens until the next report about the source is for this commit.
  case applying(commit: String)
  /// A goal is over; what it was about, and how it went.
  case looked(scope: Int?, LoopResult)
  case source(SourceStatus)
  case standing(ServeStanding)
  case tidied(RetentionStep)
  /// Something could not be written down.
  case trouble(StoreError)
}

/// Where the manifests come from, and how far they are followed.
public struct SourceStatus: Hashable, Sendable {
  public var source: SourceSet
  /// The last one that was applied, or wanted nothing.
  public var appliedCommit: String?
  /// The last one that was looked at, and what came of it.
  public var latest: CommitRecord?
  /// When the source was last read with success.
  public var readAt: Timestamp?
  /// Why what is there is not followed; absent where all is well.
  public var trouble: SourceTrouble?

  public init(_ source: SourceSet) {
    self.source = source
  }

  /// How far controllers before this one have followed it.
  ///
  /// - Parameter commits: newest first.
  public init(_ source: SourceSet, commits: [CommitRecord]) {
    self.init(source)
    let commits = commits.filter { $0.source == source }
    latest = commits.first
    appliedCommit = commits.first(where: \.result.isGood)?.commit
  }
}

/// Why the manifests are not followed at the moment. Schedules and requests of the last good commit go on.
public struct SourceTrouble: Hashable, Sendable {
  public var reason: Reason
  public var message: String
  public var since: Timestamp

  public enum Reason: String, Hashable, Sendable {
    case unreadable = "Unreadable"
    case rejected = "Rejected"
    case historyRewritten = "HistoryRewritten"
  }

  public init(_ reason: Reason, _ message: String, since: Timestamp) {
    self.reason = reason
    self.message = message
    self.since = since
  }
}

/// What a controller has before it.
public struct ServeStanding: Hashable, Sendable {
  /// Sorted.
  public var activeRuns: [RunID]
  public var nextWake: Timestamp?
  /// Pipelines that wait for a run to make room, who has waited longest first.
  public var waitingForRoom: [PipelineName]
}

public import PipelineModel

/// What there is to say of a run, or why nothing can be said.
public enum RunTelling: Hashable, Sendable {
  case report(RunReport)
  case unreadable(UnreadableRun)
}

extension EngineObservation {
  /// What an engine says of its runs, in the order in which they come; of the same that is said the revision is the same.
  public static func complete(of tellings: [RunTelling], at now: Timestamp) -> EngineObservation {
    var reports: [RunReport] = []
    var unreadable: [UnreadableRun] = []
    var digest = StableDigest()
    for telling in tellings {
      switch telling {
      case .report(let report):
        reports.append(report)
        digest.add("\(report.run) \(report.status)\n")
      case .unreadable(let run):
        unreadable.append(run)
        digest.add("\(run.run) \(run.reason)\n")
      }
    }
    return .complete(Revision(digest.text), at: now, runs: reports, unreadable: unreadable)
  }
}

internal import PipelineModel

/// How far a list of jobs went at some moment: a job is newer where it is not in it.
struct HevoMark: Codable, Hashable, Sendable {
  /// Absent where there was none.
  var newest: Timestamp?
  /// Those that were created at that instant, sorted.
  var ids: [String] = []

  init(_ jobs: [HevoJob] = []) {
    newest = jobs.map(\.createdAt).max()
    ids = jobs.filter { $0.createdAt == newest }.map(\.id).sorted()
  }

  func isBefore(_ job: HevoJob) -> Bool {
    guard let newest else { return true }
    return job.createdAt > newest || job.createdAt == newest && !ids.contains(job.id)
  }
}

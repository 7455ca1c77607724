internal import EngineHTTP
internal import PipelineModel

/// Where a job stands.
enum HevoStanding: Codable, Hashable, Sendable {
  case waiting
  case running
  case cancelling
  /// Put off by Hevo, which may take it up again.
  case deferred
  case completed(isWhole: Bool)
  case failed
  case cancelled
  case skipped
  /// A word that Hevo did not have when this was written.
  case other(String)

  init(_ status: OpenEnum<HevoJob.Status>) {
    switch status {
    case .known(.queued), .known(.pending): self = .waiting
    case .known(.inProgress): self = .running
    case .known(.cancelling): self = .cancelling
    case .known(.deferred), .known(.deferredWithFailures): self = .deferred
    case .known(.completed): self = .completed(isWhole: true)
    case .known(.completedWithFailures): self = .completed(isWhole: false)
    case .known(.failed): self = .failed
    case .known(.cancelled): self = .cancelled
    case .known(.skipped): self = .skipped
    case .unknown(let word): self = .other(word)
    }
  }
}

internal import EngineHTTP
internal import Foundation
internal import PipelineModel

/// A migration job: what is read of it. Whatever may be missing is.
struct MigratorJob: Hashable, Sendable {
  var id: String
  var projectID: String?
  var status: OpenEnum<Status>
  var changeCapture: OpenEnum<ChangeCapture>
  var submittedAt: Timestamp?
  var mode: String?
  var dropsCollections: Bool?
  var snapshotStartedAt: Timestamp?
  var changeCaptureStartedAt: Timestamp?
  /// Why it failed, without passwords in addresses.
  var failure: String?
  var isVerificationRequested: Bool?
  var verification: OpenEnum<Verification>?

  enum Status: String, Hashable, Sendable {
    case running = "RUNNING"
    case failed = "FAILED"
    case cancelling = "CANCELLING"
    case cancelled = "CANCELLED"
    case completed = "COMPLETED"
    case cleaningUp = "CLEANING_UP"
    case notStarted = "NOT_STARTED"
    case paused = "PAUSED"
  }

  enum ChangeCapture: String, Hashable, Sendable {
    case notStarted = "NOT_STARTED"
    case running = "RUNNING"
    case completing = "COMPLETING"
    case completed = "COMPLETED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
    case paused = "PAUSED"
  }

  enum Verification: String, Hashable, Sendable {
    case verifying = "VERIFYING"
    case verified = "VERIFIED"
    case failed = "FAILED"
    case cancelling = "CANCELLING"
    case cancelled = "CANCELLED"
    case aborted = "ABORTED"
  }
}

extension [MigratorJob] {
  /// Those because of which the instance runs no other. One of which something is told that is not known here may be under way, unless another
  /// was begun after it: there is one at a time.
  var underWay: [MigratorJob] {
    let beginning = Timestamp(milliseconds: 0)
    let newest = self.max { ($0.submittedAt ?? beginning, $0.id) < ($1.submittedAt ?? beginning, $1.id) }
    return filter { job in
      switch job.status {
      case .known(.failed), .known(.cancelled), .known(.completed): false
      case .known(.running), .known(.cancelling), .known(.cleaningUp), .known(.notStarted), .known(.paused): true
      case .unknown: job.id == newest?.id
      }
    }
  }
}

extension MigratorJob: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id, projectId, status, cdcStatus, submittedAt, options, statistics, cdcStatistics, failureError, metadata
  }

  private struct Options: Decodable {
    var mode: String?
    var dropCollections: Bool?
  }

  private struct Statistics: Decodable { var startedAt: String? }

  private struct FailureError: Decodable { var message: String? }

  private struct Metadata: Decodable {
    var verificationRequested: Bool?
    var verificationStatus: String?
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func instant(_ text: String?) -> Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }
    id = try fields.decode(String.self, forKey: .id)
    projectID = try fields.decodeIfPresent(String.self, forKey: .projectId)
    status = OpenEnum(try fields.decode(String.self, forKey: .status))
    changeCapture = OpenEnum(try fields.decodeIfPresent(String.self, forKey: .cdcStatus) ?? "NOT_STARTED")
    submittedAt = instant(try fields.decodeIfPresent(String.self, forKey: .submittedAt))
    let options = try fields.decodeIfPresent(Options.self, forKey: .options)
    mode = options?.mode
    dropsCollections = options?.dropCollections
    snapshotStartedAt = instant(try fields.decodeIfPresent(Statistics.self, forKey: .statistics)?.startedAt)
    changeCaptureStartedAt = instant(try fields.decodeIfPresent(Statistics.self, forKey: .cdcStatistics)?.startedAt)
    failure = try fields.decodeIfPresent(FailureError.self, forKey: .failureError)?.message.map(
      hidingSecretsInAddresses)
    let metadata = try fields.decodeIfPresent(Metadata.self, forKey: .metadata)
    isVerificationRequested = metadata?.verificationRequested
    verification = metadata?.verificationStatus.map { OpenEnum($0) }
  }
}

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
    var mode: OpenValue?
    var dropCollections: OpenValue?
  }

  private struct Statistics: Decodable { var startedAt: OpenValue? }

  private struct FailureError: Decodable { var message: OpenValue? }

  private struct Metadata: Decodable {
    var verificationRequested: OpenValue?
    var verificationStatus: OpenValue?
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func instant(_ text: String?) -> Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }
    func part<Part: Decodable>(_ key: CodingKeys) -> Part? { try? fields.decodeIfPresent(Part.self, forKey: key) }
    id = try fields.demandedText(.id)
    projectID = fields.text(.projectId)
    // What is no word is as good as one that is not known here.
    status = OpenEnum(try fields.decode(OpenValue.self, forKey: .status).text ?? "something that is no word")
    switch try fields.decodeIfPresent(OpenValue.self, forKey: .cdcStatus) {
    case nil, .null: changeCapture = .known(.notStarted)
    case .text(let word): changeCapture = OpenEnum(word)
    case .nested: changeCapture = .unknown("something that is no word")
    }
    submittedAt = instant(fields.text(.submittedAt))
    let options: Options? = part(.options)
    mode = options?.mode?.text
    dropsCollections = options?.dropCollections?.text.flatMap { Bool($0) }
    let (snapshot, capture): (Statistics?, Statistics?) = (part(.statistics), part(.cdcStatistics))
    snapshotStartedAt = instant(snapshot?.startedAt?.text)
    changeCaptureStartedAt = instant(capture?.startedAt?.text)
    let trouble: FailureError? = part(.failureError)
    failure = trouble?.message?.text.map(hidingSecretsInAddresses)
    let metadata: Metadata? = part(.metadata)
    isVerificationRequested = metadata?.verificationRequested?.text.flatMap { Bool($0) }
    verification = metadata?.verificationStatus?.text.map { OpenEnum($0) }
  }
}

internal import EngineHTTP
internal import PipelineModel

/// The last completed extraction of a source; one that runs is in no list.
struct StitchExtraction: Codable, Hashable, Sendable {
  var jobName: String
  var sourceID: Int
  var startedAt: Timestamp
  var completedAt: Timestamp
  var discovery: Part
  var tap: Part
  var target: Part

  /// How a part ended: 0 is well, null was ended from outside.
  struct Part: Codable, Hashable, Sendable {
    var exit: Int?
    var description: String?
  }
}

/// A row of the list, as it comes.
struct StitchExtractionRow: Decodable {
  var jobName: String
  var sourceID: Int
  var startedAt: String
  var completedAt: String?
  var discoveryExit: Int?
  var tapExit: Int?
  var targetExit: Int?
  var discoveryDescription: String?
  var tapDescription: String?
  var targetDescription: String?

  enum CodingKeys: String, CodingKey {
    case jobName = "job_name"
    case sourceID = "source_id"
    case startedAt = "start_time"
    case completedAt = "completion_time"
    case discoveryExit = "discovery_exit_status"
    case tapExit = "tap_exit_status"
    case targetExit = "target_exit_status"
    case discoveryDescription = "discovery_description"
    case tapDescription = "tap_description"
    case targetDescription = "target_description"
  }

  /// An exit code that is neither a number nor null tells nothing, so neither does its row.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func exit(_ key: CodingKeys) throws -> Int? {
      switch try fields.decodeIfPresent(OpenValue.self, forKey: key) {
      case nil, .null: nil
      case .text, .nested: Int(try fields.demandedNumber(key))
      }
    }
    jobName = try fields.demandedText(.jobName)
    sourceID = Int(try fields.demandedNumber(.sourceID))
    startedAt = try fields.demandedText(.startedAt)
    completedAt = fields.text(.completedAt)
    discoveryExit = try exit(.discoveryExit)
    tapExit = try exit(.tapExit)
    targetExit = try exit(.targetExit)
    discoveryDescription = fields.text(.discoveryDescription)
    tapDescription = fields.text(.tapDescription)
    targetDescription = fields.text(.targetDescription)
  }

  /// Nil where it did not end, against the documents.
  var extraction: StitchExtraction? {
    guard let start = Timestamp(rfc3339: startedAt), let end = completedAt.flatMap({ Timestamp(rfc3339: $0) }) else {
      return nil
    }
    return StitchExtraction(
      jobName: jobName, sourceID: sourceID, startedAt: start, completedAt: end,
      discovery: .init(exit: discoveryExit, description: discoveryDescription),
      tap: .init(exit: tapExit, description: tapDescription),
      target: .init(exit: targetExit, description: targetDescription))
  }
}

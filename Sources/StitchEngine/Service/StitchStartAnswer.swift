internal import EngineHTTP

/// What the call that starts a job answers with 200: the job, or an error.
enum StitchStartAnswer: Decodable, Hashable, Sendable {
  case started(job: String)
  case alreadyRunning
  case refused(String)

  private enum CodingKeys: String, CodingKey {
    case job = "job_name"
    case error
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let error = try fields.decodeIfPresent(StitchJobError.self, forKey: .error) {
      self = error.type == "already_running" ? .alreadyRunning : .refused("\(error.type ?? "error"): \(error.message)")
    } else {
      self = .started(job: try fields.decode(String.self, forKey: .job))
    }
  }
}

/// What the call that stops a job answers with 200.
struct StitchStopAnswer: Decodable {
  var error: StitchJobError?
}

struct StitchJobError: Decodable {
  var type: String?
  var message: String

  private enum CodingKeys: String, CodingKey { case type, message }

  init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      message = word
      return
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    type = fields.text(.type)
    message = fields.text(.message) ?? "no reason is given"
  }
}

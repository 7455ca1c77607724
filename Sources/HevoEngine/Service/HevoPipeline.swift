internal import EngineHTTP

/// A pipeline of Hevo: what is read of it.
struct HevoPipeline: Decodable, Hashable, Sendable {
  var id: String
  var name: String?
  var status: OpenEnum<Status>?
  var schedule: HevoSchedule?

  enum Status: String, Hashable, Sendable, CaseIterable {
    case initializing = "INITIALIZING"
    case initialized = "INITIALIZED"
    case initializeFailed = "INITIALIZE_FAILED"
    case enabling = "ENABLING"
    case enabled = "ENABLED"
    case enableFailed = "ENABLE_FAILED"
    case disabling = "DISABLING"
    case disabled = "DISABLED"
    case disableFailed = "DISABLE_FAILED"
    case deleting = "DELETING"
    case deleted = "DELETED"
    case deleteFailed = "DELETE_FAILED"
    case restarting = "RESTARTING"
    case restartFailed = "RESTART_FAILED"
  }

  private enum CodingKeys: String, CodingKey { case id, name, status, schedule }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.demandedText(.id)
    name = fields.text(.name)
    switch try fields.decodeIfPresent(OpenValue.self, forKey: .status) {
    case nil, .null: status = nil
    case .text(let word): status = OpenEnum(word)
    case .nested: throw fields.odd(String.self, .status)
    }
    schedule = try fields.decodeIfPresent(HevoSchedule.self, forKey: .schedule)
  }

  /// Its name and number, for a person.
  var words: String { name.map { "pipeline \(id) (`\($0)`)" } ?? "pipeline \(id)" }
}

/// When a pipeline runs by itself.
struct HevoSchedule: Decodable, Hashable, Sendable {
  var kind: OpenEnum<Kind>?
  var minutes: Int?

  enum Kind: String, Hashable, Sendable {
    case onDemand = "ON_DEMAND"
    case scheduled = "SCHEDULED"
  }

  private enum CodingKeys: String, CodingKey {
    case kind = "sync_type"
    case minutes = "frequency_minutes"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    kind = fields.text(.kind).map { OpenEnum($0) }
    switch try fields.decodeIfPresent(OpenValue.self, forKey: .minutes) {
    case nil, .null: minutes = nil
    case .text, .nested: minutes = Int(try fields.demandedNumber(.minutes))
    }
  }
}

internal import EngineHTTP

extension StitchSource: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id, name, type, properties
    case displayName = "display_name"
    case clientID = "stitch_client_id"
    case deletedAt = "deleted_at"
    case pausedAt = "paused_at"
    case systemPausedAt = "system_paused_at"
    case reportCard = "report_card"
  }

  private struct ReportCard: Decodable {
    var step: OpenValue?

    enum CodingKeys: String, CodingKey { case step = "current_step_type" }
  }

  /// What has to be there is what a source is found by; the rest is taken as it comes.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = Int(try fields.demandedNumber(.id))
    clientID = Int(try fields.demandedNumber(.clientID))
    name = try fields.demandedText(.name)
    type = fields.text(.type) ?? ""
    displayName = fields.text(.displayName) ?? name
    properties = try fields.decodeIfPresent([String: OpenValue].self, forKey: .properties) ?? [:]
    deletedAt = try fields.instant(.deletedAt)
    pausedAt = try fields.instant(.pausedAt)
    systemPausedAt = try fields.instant(.systemPausedAt)
    step = (try? fields.decodeIfPresent(ReportCard.self, forKey: .reportCard))?.step?.text.map { OpenEnum($0) }
  }
}

extension KeyedDecodingContainer {
  /// A switch that is a text: one that is neither that nor null tells nothing.
  fileprivate func instant(_ key: Key) throws -> String? {
    switch try decodeIfPresent(OpenValue.self, forKey: key) {
    case nil, .null: nil
    case .text(let text): text
    case .nested: throw odd(String.self, key)
    }
  }
}

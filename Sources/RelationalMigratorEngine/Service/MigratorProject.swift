internal import EngineHTTP

/// A mapping of tables to collections: what is read of it.
struct MigratorProject: Decodable, Hashable, Sendable {
  var id: String
  var name: String?

  private enum CodingKeys: String, CodingKey { case id, name }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.demandedText(.id)
    name = fields.text(.name)
  }
}

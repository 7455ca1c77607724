/// A mapping of tables to collections: what is read of it.
struct MigratorProject: Decodable, Hashable, Sendable {
  var id: String
  var name: String?
}

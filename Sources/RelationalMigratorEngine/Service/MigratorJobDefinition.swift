internal import PipelineModel

/// What a job was made of, as far as it is told: no passwords.
struct MigratorJobDefinition: Decodable, Hashable, Sendable {
  var id: String
  var projectId: String?
  var submittedAt: String?
  var options: Options?
  var jdbcConnectionString: String?
  /// By schema and table.
  var relationalTableFilters: [String: [String: Filter]]?
  var metadata: Metadata?

  struct Options: Decodable, Hashable, Sendable {
    var mode: String?
    var dropCollections: Bool?
    var errorHandling: String?
    var errorTolerance: Int?
  }

  struct Filter: Decodable, Hashable, Sendable {
    var whereClause: String?
    var rowCount: Int64?
  }

  struct Metadata: Decodable, Hashable, Sendable {
    var verificationRequested: Bool?
  }

  /// The later of two jobs is the one that counts.
  func isLater(than other: MigratorJobDefinition) -> Bool {
    let instants = [self, other].map { $0.submittedAt.flatMap { Timestamp(rfc3339: $0) } ?? Timestamp(milliseconds: 0) }
    return (instants[0], id) > (instants[1], other.id)
  }
}

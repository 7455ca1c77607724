/// What the call that makes and starts a job sends. Its objects are closed, so what is not said is left out and never null.
struct MigratorJobRequest: Encodable, Sendable {
  var projectId: String
  var jdbcConnectionDetails: Relational
  var mongodbConnectionDetails: Documents
  var options: Options
  var verification: Verification
  var relationalTableFilters: [String: [String: Filter]]?

  struct Relational: Encodable, Sendable {
    var type: String
    var url: String
    var user: String?
    var password: String?
    var oraclePdbName: String?
    var savePassword = false
  }

  struct Documents: Encodable, Sendable {
    var connectionString: String
    var savePassword = false
  }

  struct Options: Encodable, Sendable {
    var mode: String
    var dropCollections: Bool
    var errorHandling: String
    var errorTolerance: Int?
  }

  struct Verification: Encodable, Sendable {
    var enabled: Bool
  }

  struct Filter: Encodable, Sendable {
    var whereClause: String?
    var rowCount: Int64?
  }
}

/// Tables that become documents. The engine's project holds the mapping; all else that a job needs is said here, since there a job is made and
/// started by one call.
public struct Migration: Hashable, Codable, Sendable {
  /// The engine's id of it.
  public var project: String
  public var source: MigrationSource
  /// A connection string; it names the database, and mostly holds a password.
  public var destination: SecretReference
  /// Sorted by schema and table, no two for the same table.
  public var filters: [TableFilter]
  public var onError: MigrationErrorPolicy
  /// How many records may fail; absent: as the engine has it.
  public var errorTolerance: Int?
  /// Whether what was written is compared with the source afterwards.
  public var verifies: Bool

  public init(
    project: String, source: MigrationSource, destination: SecretReference, filters: [TableFilter] = [],
    onError: MigrationErrorPolicy = .fail, errorTolerance: Int? = nil, verifies: Bool = false
  ) {
    self.project = project
    self.source = source
    self.destination = destination
    self.filters = filters
    self.onError = onError
    self.errorTolerance = errorTolerance
    self.verifies = verifies
  }
}

/// Which of the discovered streams a pipeline replicates.
public enum StreamSelection: Hashable, Codable, Sendable {
  /// All that are discovered.
  case all
  /// In the order of the manifest; the first rule that matches a stream counts, exact names before globs.
  case only([StreamRule])
}

/// One or several streams, and how they are replicated.
public struct StreamRule: Hashable, Codable, Sendable {
  /// A stream's name, or a glob with `*` and `?`.
  public var name: String
  /// Absent: as the tap's catalog says.
  public var replication: ReplicationMethod?
  /// The replication key of an incremental stream.
  public var key: String?
  /// Names and globs; `!name` excludes. Absent: every field that the tap selects by default.
  public var fields: [String]?

  public init(name: String, replication: ReplicationMethod? = nil, key: String? = nil, fields: [String]? = nil) {
    self.name = name
    self.replication = replication
    self.key = key
    self.fields = fields
  }
}

/// How a stream's rows are found again.
public enum ReplicationMethod: String, Hashable, Codable, Sendable, CaseIterable {
  case incremental
  case fullTable = "full-table"
  case logBased = "log-based"
}

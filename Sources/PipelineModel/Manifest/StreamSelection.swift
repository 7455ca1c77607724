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

extension StreamRule {
  /// Whether it names one stream, and is no pattern.
  public var isExact: Bool { !name.contains("*") && !name.contains("?") }

  /// Whether a field is wanted: any where no names are given, and none that is left out.
  public func wants(_ field: String) -> Bool {
    let wishes = fields ?? []
    let included = wishes.filter { !$0.hasPrefix("!") }
    let excluded = wishes.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
    return (included.isEmpty || included.contains { Glob($0).matches(field) })
      && !excluded.contains { Glob($0).matches(field) }
  }
}

extension [StreamRule] {
  /// The rule that counts for a stream: one with its name, else the first pattern that matches; nil where none does.
  public func rule(for stream: String) -> StreamRule? {
    first { $0.isExact && $0.name == stream } ?? first { !$0.isExact && Glob($0.name).matches(stream) }
  }
}

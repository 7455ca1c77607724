/// How a stream is read, as catalogs spell it.
public enum ReplicationMethod: String, Hashable, Sendable, CaseIterable {
  case fullTable = "FULL_TABLE"
  case incremental = "INCREMENTAL"
  case logBased = "LOG_BASED"
}
